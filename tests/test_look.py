"""The look by its figures: the weight of style and script, and the contrast of every pair of tokens."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
CSS = (STATIC / "css" / "site.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", CSS))
TEXT = ["ink", "quiet", "accent", "renewed", "cancelled", "awaiting", "ended"]
GROUNDS = ["paper", "sheet"]
SCHEMES = {"light": 0, "dark": 1}


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour(token, scheme):
    return TOKENS[token].split(", ")[SCHEMES[scheme]]


def test_readers_load_less_than_24_kb_of_style_and_8_kb_of_script():
    assert len(CSS.encode()) < 24 * 1024
    scripts = [STATIC / "js" / name for name in ("site.js", "comments.js", "embeds.js")]
    assert sum(script.stat().st_size for script in scripts) < 8 * 1024


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("token", TEXT)
def test_text_stands_out_from_its_ground(token, ground, scheme):
    assert contrast(colour(token, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_running_text_stands_out_well(ground, scheme):
    assert contrast(colour("ink", scheme), colour(ground, scheme)) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_border_of_a_field_is_seen(scheme):
    assert contrast(colour("field", scheme), colour("sheet", scheme)) >= 3


def test_the_arithmetic_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
