"""Motifs that are out of doors."""

import random

from .canvas import HEIGHT, INK, PAPER, WIDTH, Canvas, bell


def tower():
    """Towers at night, one window lit."""
    sheet = Canvas("#22384a")
    sheet.disc(300, 250, 120, "#b9c7cc")
    draw = random.Random(3)  # noqa: S311
    skyline(sheet, draw, "#1b2d3c", 360, 620)
    skyline(sheet, draw, "#14222e", 540, 720)
    sheet.box(900, 90, 1180, HEIGHT, "#0d1720")
    sheet.box(940, 50, 1140, 90, "#0d1720")
    for row in range(13):
        for column in range(5):
            left, top = 926 + column * 48, 130 + row * 58
            lit = (row, column) == (4, 3)
            sheet.box(left, top, left + 34, top + 34, "#e8b24c" if lit else "#1d3242")
    return sheet.finished()


def skyline(sheet, draw, colour, highest, lowest):
    left = 0
    while left < WIDTH:
        width = draw.randrange(90, 210, 10)
        sheet.box(left, draw.randrange(highest, lowest, 20), left + width, HEIGHT, colour)
        left += width + draw.choice((0, 0, 24))


def night():
    """A crescent above dunes."""
    sheet = Canvas("#1b2145")
    draw = random.Random(11)  # noqa: S311
    for _star in range(90):
        sheet.disc(draw.randrange(WIDTH), draw.randrange(20, 540), draw.choice((1.5, 2, 2, 3)), "#aeb6d8")
    sheet.disc(1130, 300, 180, "#efe3c2")
    sheet.disc(1052, 258, 168, "#1b2145")
    sheet.land(lambda x: 640 - 90 * bell(x, 380, 420) - 50 * bell(x, 1350, 300), "#2d3668")
    sheet.land(lambda x: 720 - 130 * bell(x, 1080, 430), "#232a55")
    sheet.land(lambda x: 800 - 110 * bell(x, 250, 500), "#141936")
    sheet.polygon([(846, 664), (858, 664), (866, 744), (838, 744)], "#0c0f22")
    sheet.disc(852, 652, 13, "#0c0f22")
    return sheet.finished()


def crown():
    """A crown in the sky where a sun would be."""
    sheet = Canvas("#5c2230")
    sheet.disc(800, 640, 430, "#6f2b3a")
    sheet.disc(800, 640, 320, "#853748")
    points = [
        (560, 300),
        (655, 420),
        (730, 230),
        (800, 400),
        (870, 230),
        (945, 420),
        (1040, 300),
        (990, 560),
        (610, 560),
    ]
    sheet.polygon(points, "#e3b757")
    for x, y in ((560, 296), (730, 222), (870, 222), (1040, 296)):
        sheet.disc(x, y, 24, "#e3b757")
    sheet.box(604, 540, 996, 592, "#c6973b")
    for x in (660, 730, 800, 870, 940):
        sheet.disc(x, 566, 13, "#5c2230")
    sheet.land(lambda x: 770 - 110 * bell(x, 800, 560), "#2c0f18")
    sheet.land(lambda x: 850 - 60 * bell(x, 350, 380) - 50 * bell(x, 1300, 320), "#1a080e")
    return sheet.finished()


def hills():
    """Two summits under a red sky."""
    sheet = Canvas("#8f2f26")
    sheet.disc(800, 360, 210, "#f0dfc0")
    sheet.box(0, 420, WIDTH, 436, "#8f2f26")
    sheet.box(0, 476, WIDTH, 500, "#8f2f26")
    sheet.polygon([(-60, 900), (430, 230), (920, 900)], "#4a1a1a")
    sheet.polygon([(640, 900), (1150, 290), (1680, 900)], "#5e211f")
    sheet.polygon([(430, 230), (372, 309), (418, 352), (455, 316), (492, 362), (508, 337)], PAPER)
    sheet.polygon([(1150, 290), (1086, 366), (1130, 402), (1172, 366), (1206, 396), (1226, 377)], PAPER)
    sheet.land(lambda x: 790 - 40 * bell(x, 500, 400) - 30 * bell(x, 1300, 300), "#240d10")
    draw = random.Random(5)  # noqa: S311
    for x in range(20, WIDTH, 74):
        fir(
            sheet,
            x + draw.randrange(-16, 16),
            880 + draw.randrange(0, 30),
            draw.randrange(120, 230),
            "#120709",
        )
    return sheet.finished()


def fir(sheet, x, foot, height, colour):
    for part in range(3):
        top = foot - height + part * height * 0.24
        half = height * (0.12 + 0.06 * part)
        sheet.polygon([(x, top), (x + half, top + height * 0.44), (x - half, top + height * 0.44)], colour)
    sheet.box(x - 6, foot - height * 0.2, x + 6, foot + 40, colour)


def valley():
    """The weeks of a split season as columns of a mountain range."""
    sheet = Canvas(PAPER)
    sheet.disc(1230, 250, 120, "#a8322a")
    hours = (287, 335, 159, 102, 77, 301, 188, 102, 75, 58, 45, 35, 29, 24, 20, 17, 13)
    width = WIDTH / len(hours)
    for week, height in enumerate(hours):
        top = 800 - height * 1.85
        left = week * width
        colour = "#a8322a" if week == 5 else ("#2a2f33" if week % 2 else "#1b1f22")
        sheet.polygon(
            [
                (left, top + 16),
                (left + width / 2, top - 16),
                (left + width, top + 16),
                (left + width, 900),
                (left, 900),
            ],
            colour,
        )
    sheet.box(0, 800, WIDTH, HEIGHT, INK)
    return sheet.finished()


def flight():
    """An airliner in bands of evening light."""
    sheet = Canvas("#1f4650")
    bands = ("#2a5660", "#3f6e73", "#648a84", "#94a68f", "#c8bf94", "#e6cf96")
    for n, colour in enumerate(bands):
        sheet.box(0, 150 + n * 105, WIDTH, HEIGHT, colour)
    sheet.disc(1220, 760, 170, "#f3e6bd")
    for x, y, radius in (
        (140, 850, 130),
        (330, 880, 170),
        (560, 900, 140),
        (1010, 910, 120),
        (1400, 890, 170),
        (1570, 860, 120),
    ):
        sheet.disc(x, y, radius, "#17353d")
    sheet.box(0, 850, WIDTH, HEIGHT, "#17353d")
    airliner(sheet)
    return sheet.finished()


def airliner(sheet):
    white, shade, sky = PAPER, "#c4c2ae", "#1f4650"
    sheet.stroke([(-20, 648), (400, 484)], 5, "#a9c0b4")
    sheet.polygon([(650, 372), (520, 206), (574, 192), (800, 322)], shade)
    sheet.polygon([(455, 440), (378, 298), (428, 286), (556, 404)], white)
    sheet.stroke([(500, 446), (985, 262)], 76, white)
    sheet.polygon([(500, 408), (392, 486), (512, 484)], white)
    sheet.polygon([(484, 448), (404, 462), (366, 502), (500, 484)], shade)
    sheet.polygon([(690, 398), (806, 354), (776, 618), (722, 638)], shade)
    for n in range(13):
        sheet.disc(548 + n * 31, 417 - n * 11.8, 7, sky)
    sheet.polygon([(968, 240), (996, 230), (1012, 246), (980, 256)], sky)


def shapes():
    """Circle, triangle and square on a staircase."""
    sheet = Canvas("#d98aa0")
    sheet.disc(1240, 250, 150, "#e7a9b9")
    for n in range(7):
        left, top = n * 240, 330 + n * 80
        sheet.box(left, top, left + 240, HEIGHT, "#96405c")
        sheet.box(left, top, left + 240, top + 18, "#f0c3cd")
        sheet.box(left + 226, top + 18, left + 240, top + 98, "#7d3049")
    sheet.ring(360, 310, 88, 24, INK)
    sheet.stroke([(840, 312), (936, 474), (744, 474)], 24, INK, closed=True)
    sheet.stroke([(1242, 484), (1398, 484), (1398, 634), (1242, 634)], 24, INK, closed=True)
    return sheet.finished()
