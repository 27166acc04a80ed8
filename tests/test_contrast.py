"""Every pair of colours that meets on a page, in light and dark: 7:1 for running text, 4.5:1 for other text.

What is no text has 3:1. The tables are whole: a colour that a style sheet uses for text or as a ground must
stand in one of their pairs.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
SITE, NEWSROOM = (CSS / "site.css").read_text(), (CSS / "newsroom.css").read_text()
RUNNING, TEXT, REST = 7, 4.5, 3
LIGHT, DARK = 0, 1

# What stands on what, and where; a number is added where the pair is never text.
STATUSES = "renewed cancelled awaiting ended"
READERS = [
    ("ink", "paper sheet", RUNNING, "the text; cards, records and fields"),
    ("quiet", "paper sheet", RUNNING, "standfirst, quotes, captions, hints"),
    ("accent", "paper sheet", TEXT, "links under the pointer, the wordmark's end, list marks"),
    (STATUSES, "paper sheet", TEXT, "a show's status; errors of a form; that a comment waits"),
    ("paper", "ink", RUNNING, "buttons, badges, the bar of a preview, the filter that is on"),
    ("paper", "accent", TEXT, "a button under the pointer"),
    ("field", "paper sheet", REST, "the border of a field, of a spoiler"),
    ("accent", "paper sheet", REST, "where the keyboard is"),
    ("cancelled", "sheet", REST, "the border of a field that is wrong; a bar of the chart"),
]
GROUNDS = "body-bg sheet darkened-bg"
MESSAGES = "message-debug-bg message-info-bg message-success-bg message-warning-bg message-error-bg"
STAFF = [
    ("body-fg", "body-bg sheet darkened-bg selected-bg selected-row", RUNNING, "text, lists, what is chosen"),
    ("body-fg", MESSAGES, RUNNING, "messages and warnings"),
    ("body-quiet-color", "body-bg sheet", RUNNING, "help under a field"),
    ("body-quiet-color", f"darkened-bg selected-bg selected-row {MESSAGES}", TEXT, "asides"),
    ("body-medium-color body-loud-color", GROUNDS, TEXT, "what Django's admin sets in them"),
    ("link-fg link-hover-color link-selected-fg", f"{GROUNDS} selected-row", TEXT, "links"),
    ("link-fg", MESSAGES, TEXT, "links in warnings"),
    ("accent error-fg renewed awaiting ended", f"{GROUNDS} selected-row", TEXT, "states and faults"),
    ("error-fg", "message-error-bg message-warning-bg", TEXT, "faults in a message"),
    ("header-color header-link-color header-branding-color", "header-bg", TEXT, "the head of the page"),
    ("breadcrumbs-fg breadcrumbs-link-fg", "breadcrumbs-bg", TEXT, "where one is"),
    ("button-fg", "button-bg button-hover-bg", TEXT, "buttons"),
    ("button-fg", "default-button-bg default-button-hover-bg", TEXT, "the button that is meant"),
    ("button-fg", "close-button-bg close-button-hover-bg", TEXT, "the way back"),
    ("button-fg", "delete-button-bg delete-button-hover-bg", TEXT, "deleting"),
    ("button-fg", "renewed", TEXT, "the button that publishes"),
    ("object-tools-fg", "object-tools-bg object-tools-hover-bg", TEXT, "tools above a form"),
    ("primary-fg", "primary secondary", TEXT, "what Django's admin fills"),
    ("body-bg", "body-fg", TEXT, "badges, what was just done"),
    ("border-color", f"{GROUNDS} selected-bg selected-row", REST, "the border of a field"),
    ("accent", f"{GROUNDS} selected-row", REST, "where the keyboard is"),
    ("body-bg", "renewed", REST, "the tick of a step that is done"),
]


def pairs(table):
    for fronts, grounds, least, where in table:
        for front in fronts.split():
            for ground in grounds.split():
                yield front, ground, least, where


def readers_tokens():
    found = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", SITE)
    return {name: (light, dark) for name, light, dark in found}


def newsroom_blocks():
    """The tokens of the newsroom in light, in dark by the system, and in dark by the admin's switch."""
    blocks = re.findall(r"\{([^{}]*--body-bg:[^{}]*)\}", NEWSROOM)
    return [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks]


def newsroom_tokens():
    light, dark, _switched = newsroom_blocks()
    return {name: (light[name], dark[name]) for name in light}


def channels(colour):
    """Red, green and blue of #rgb or #rrggbb, linear, from 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    values = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in values]


def luminance(linear):
    """Relative luminance as WCAG 2.2 defines it."""
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def ratio(one, other):
    """The contrast ratio of WCAG 2.2, from 1 to 21, of two lists of linear channels."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def contrast(one, other):
    return ratio(channels(one), channels(other))


TO_CONES = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
FROM_CONES = ((4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965),
              (-0.0041960863, -0.7034186147, 1.7076147010))  # fmt: skip


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def mixed(one, other, share):
    """`color-mix(in oklab, one share, other)`; the mean of cube roots of cones is the mean in OKLab."""
    cones = [[value ** (1 / 3) for value in times(TO_CONES, channels(colour))] for colour in (one, other)]
    middle = [(share * a + (1 - share) * b) ** 3 for a, b in zip(*cones, strict=True)]
    return times(FROM_CONES, middle)


def too_weak(table, tokens):
    return [
        f"{front} on {ground}, {('light', 'dark')[theme]}: {found:.2f} of {least} ({where})"
        for front, ground, least, where in pairs(table)
        for theme in (LIGHT, DARK)
        if (found := contrast(tokens[front][theme], tokens[ground][theme])) < least
    ]


def test_every_pair_of_the_readers_pages_can_be_told_apart():
    assert too_weak(READERS, readers_tokens()) == []


def test_every_pair_of_the_newsroom_can_be_told_apart():
    assert too_weak(STAFF, newsroom_tokens()) == []


def test_the_newsroom_is_as_dark_by_the_switch_as_by_the_system():
    light, dark, switched = newsroom_blocks()
    assert dark == switched and light.keys() == dark.keys()


@pytest.mark.parametrize(
    ("table", "files"),
    [(READERS, ["site.css", "search.css"]), (STAFF, ["newsroom*.css", "queue.css"])],
    ids=["readers", "newsroom"],
)
def test_no_colour_is_used_that_the_table_does_not_know(table, files):
    fronts, grounds = ({pair[place] for pair in pairs(table)} for place in (0, 1))
    for path in (path for name in files for path in CSS.glob(name)):
        css = path.read_text()
        used = set(re.findall(r"(?<![\w-])(?:color|fill): var\(--([\w-]+)\)", css))
        assert used <= fronts, path.name
        used = set(re.findall(r"(?<![\w-])background(?:-color)?: var\(--([\w-]+)\)", css))
        assert used <= grounds, path.name


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_initial_of_a_reader_stands_out_from_each_of_the_six_discs(theme):
    tokens = readers_tokens()
    own = [pair[theme] for pair in re.findall(r"--hue: light-dark\((#\w+), (#\w+)\)", SITE)]
    hues = [tokens[name][theme] for name in ("accent", "renewed", "awaiting", "ended")] + own
    assert len(hues) == 6
    share = int(re.search(r"var\(--hue, var\(--accent\)\) (\d+)%, var\(--sheet\)", SITE)[1]) / 100
    for hue in hues:
        disc = mixed(hue, tokens["sheet"][theme], share)
        assert ratio(channels(tokens["ink"][theme]), disc) >= RUNNING, hue


@pytest.mark.parametrize("rule", ["player", "embed .player button", "embed .player button:hover"])
def test_a_player_is_the_same_and_legible_in_both_themes(rule):
    block = re.search(rf"^\.{re.escape(rule)} \{{(.*)\}}$", SITE, re.MULTILINE)[1]
    front, ground = (re.search(rf"(?<!-){name}: (#\w+);", block)[1] for name in ("color", "background"))
    assert contrast(front, ground) >= TEXT


def test_the_arithmetic_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mixed("#ffffff", "#000000", 0.5) == pytest.approx([0.125] * 3, abs=1e-4)
    assert mixed("#a8231c", "#1c6b3a", 1) == pytest.approx(channels("#a8231c"), abs=1e-4)
