"""The colour that stands where a picture will be: its average, in six steps each of red, green and blue.

It is kept as a number from 0 to 215 and reaches the page as classes, for a policy without inline styles
leaves nothing else (`.tr-1` to `.tb-5` in site.css; step 0 needs none).
"""

STEPS = 6
# From this luminance on black stands out more than white does (WCAG 2.2).
BRIGHT = 0.179


def tint_classes(tint):
    """The classes that paint it, and the colour of the text that stands there where the picture fails."""
    if tint is None:
        return []
    steps = tint // STEPS**2, tint // STEPS % STEPS, tint % STEPS
    shades = [f"t{part}-{step}" for part, step in zip("rgb", steps, strict=True) if step]
    return ["tint", *shades, *([] if _luminance(steps) > BRIGHT else ["tint-dark"])]


def _luminance(steps):
    red, green, blue = (_linear(step / (STEPS - 1)) for step in steps)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
