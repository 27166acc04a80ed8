"""Reads the sample's articles and pages: a header of `key: value` lines, then HTML between `@` lines.

The `@` lines of an article are: `@section KIND | HEADING`, `@source WORDS [ADDRESS]` (belongs to the section
above), `@panel KIND [SHOW [SEASON]]`, `@picture NAME | CAPTION`, `@quote TEXT [| WHO]`,
`@embed ADDRESS [| TITLE]`, and `@working copy`, below which stands what is added after publishing and has not
been published yet.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
# A line that begins with one of these begins a block; any other continues the text of the line above.
BLOCK_LINE = re.compile(r"</?(p|h3|ul|ol|li|blockquote|table|tbody|tr|th|td)\b")
AGO = re.compile(r"(\d+) (hour|day)s? ago(?: (\d\d):(\d\d))?")


@dataclass
class Block:
    """One block: what it is (`section`, `embed` and so on), its arguments and its lines."""

    type: str
    arguments: str
    html: str = ""
    sources: list[str] = field(default_factory=list)

    @property
    def first(self):
        """What stands before the bar in the arguments."""
        return self.arguments.partition("|")[0].strip()

    @property
    def second(self):
        """What stands after the bar, or nothing."""
        return self.arguments.partition("|")[2].strip()


@dataclass
class Manuscript:
    """A parsed file: its header, its blocks, and the blocks of the unpublished working copy."""

    header: dict[str, str]
    html: str
    blocks: list[Block]
    unpublished_blocks: list[Block]

    def names(self, key):
        """A header's comma-separated values."""
        return [name.strip() for name in self.header.get(key, "").split(",") if name.strip()]


def manuscripts(folder):
    """Every manuscript of a folder, by file name."""
    return [parse(path.read_text(encoding="utf-8")) for path in sorted((HERE / folder).glob("*.html"))]


def parse(text):
    header_text, _blank, body = text.partition("\n\n")
    header = dict(line.split(": ", 1) for line in header_text.splitlines())
    published, _marker, unpublished = body.partition("@working copy\n")
    return Manuscript(header, joined(body.splitlines()), blocks_of(published), blocks_of(unpublished))


def blocks_of(body):
    blocks, lines = [], []
    for line in body.splitlines():
        if not line.startswith("@"):
            lines.append(line)
            continue
        if blocks and lines:
            blocks[-1].html += joined(lines)
            lines = []
        kind, _space, arguments = line[1:].partition(" ")
        if kind == "source":
            blocks[-1].sources.append(arguments)
        else:
            blocks.append(Block(kind, arguments))
    if blocks:
        blocks[-1].html += joined(lines)
    return blocks


def joined(lines):
    """Wrapped lines as the one line of HTML that the newsroom's editor would have saved."""
    html = ""
    for line in filter(None, map(str.strip, lines)):
        html += line if not html or BLOCK_LINE.match(line) else f" {line}"
    return html


def moment(text, now):
    """`2022-11-10 09:30`, `20 hours ago` or `3 days ago 07:45`, in UTC; never later than `now`."""
    if not (match := AGO.fullmatch(text)):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    count, unit, hour, minute = match.groups()
    then = now - timedelta(**{f"{unit}s": int(count)})
    return then.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0) if hour else then
