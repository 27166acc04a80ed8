"""What differs between a list as it is stored and as a file has it."""

from collections import Counter

FIGURES = ("rank", "hours_viewed", "views", "weeks_listed")
GONE, COME, RENAMED, CHANGED = "gone", "come", "renamed", "changed"


def differences(old, new):
    """The changes from one tuple of Lines to another, as dicts that JSON can hold.

    `what` is "gone", "come", "renamed" (the same line under another title) or "changed"; `title` is what
    readers know, `was` the former title or the former figures, `now` the new ones.
    """
    before, after = _by_title(old), _by_title(new)
    gone = [line for name, line in before.items() if name not in after]
    come = [line for name, line in after.items() if name not in before]
    for line in come:
        same = next((each for each in gone if each.rank == line.rank and each[3:] == line[3:]), None)
        if same:
            gone.remove(same)
            yield {"what": RENAMED, "title": title_of(line), "was": title_of(same)}
        else:
            yield {"what": COME, "title": title_of(line), "now": {"rank": line.rank}}
    for line in gone:
        yield {"what": GONE, "title": title_of(line), "was": {"rank": line.rank}}
    for name, line in after.items():
        if name in before and (was := _figures_changed(before[name], line)):
            yield {
                "what": CHANGED,
                "title": title_of(line),
                "was": was,
                "now": {each: getattr(line, each) for each in was},
            }


def title_of(line):
    return line.season_title or line.show_title


def _by_title(lines):
    """{(title, how often it stood there before): line}: a country's list can hold two films of one title."""
    seen, found = Counter(), {}
    for line in lines:
        name = line[1:3]
        found[name, seen[name]] = line
        seen[name] += 1
    return found


def _figures_changed(old, new):
    return {each: getattr(old, each) for each in FIGURES if getattr(old, each) != getattr(new, each)}
