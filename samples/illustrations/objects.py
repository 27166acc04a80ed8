"""Motifs that are things: glass, paper, metal, wings."""

from .canvas import HEIGHT, INK, PAPER, WIDTH, Canvas, around


def laboratory():
    """Four flasks, filled as the four weeks were: 24, 35, 13 and nothing."""
    sheet = Canvas("#27323a")
    sheet.disc(1130, 330, 235, "#d9b44a")
    sheet.box(0, 720, WIDTH, 740, "#0d1215")
    sheet.box(0, 740, WIDTH, HEIGHT, "#161d22")
    for left, level in ((170, 0.62), (520, 0.9), (870, 0.33), (1220, 0)):
        flask(sheet, left + 105, 720, level)
    return sheet.finished()


def flask(sheet, x, foot, level):
    glass, liquid = PAPER, "#7fae5c"
    outline = [
        (x - 28, foot - 330),
        (x - 28, foot - 215),
        (x - 128, foot - 14),
        (x + 128, foot - 14),
        (x + 28, foot - 215),
        (x + 28, foot - 330),
    ]
    sheet.polygon(outline, "#38464f")
    if level:
        height = 190 * level
        top = foot - 20 - height
        half_foot, half_top = 118, 118 - 100 * height / 201
        sheet.polygon(
            [
                (x - half_top, top),
                (x + half_top, top),
                (x + half_foot, foot - 18),
                (x - half_foot, foot - 18),
            ],
            liquid,
        )
        sheet.box(x - half_top, top - 5, x + half_top, top + 5, "#a9cf83")
        for dx, dy, radius in ((-30, 40, 9), (24, 62, 6), (6, 26, 5)):
            if dy < height - 14:
                sheet.disc(x + dx, foot - dy, radius, "#a9cf83")
    sheet.stroke(outline, 9, glass)
    sheet.stroke([(x - 128, foot - 10), (x + 128, foot - 10)], 9, glass)
    sheet.box(x - 46, foot - 346, x + 46, foot - 322, glass, 8)


def weeks():
    """Four weeks of a calendar; the first begins on its fourth day, the third is the one that counts."""
    sheet = Canvas("#d8cbb0")
    sheet.box(246, 96, 1370, 846, "#bfb094", 10)
    sheet.box(230, 80, 1354, 830, PAPER, 10)
    sheet.box(230, 80, 1354, 190, INK, 10)
    sheet.box(230, 150, 1354, 190, INK)
    for x in (430, 792, 1154):
        sheet.ring(x, 80, 30, 11, "#8d8068")
    for week in range(4):
        for weekday in range(7):
            left, top = 270 + weekday * 152, 226 + week * 148
            sheet.box(left, top, left + 132, top + 128, day_colour(week, weekday), 6)
    return sheet.finished()


def day_colour(week, weekday):
    if week == 0:
        return "#2c3a40" if weekday >= 3 else "#e4d8be"
    return {1: "#2c3a40", 2: "#a8322a", 3: "#e4d8be"}[week]


def wings():
    """A pair of wings before a pointed window."""
    sheet = Canvas("#17332f")
    arch(sheet, 800, 330, "#234a44")
    arch(sheet, 800, 290, "#2e5f57")
    sheet.box(794, 90, 806, 900, "#234a44")
    for side in (-1, 1):
        wing(sheet, side)
    sheet.stroke([(800, 330), (800, 640)], 22, "#0d1f1c")
    sheet.disc(800, 306, 26, "#0d1f1c")
    for side in (-1, 1):
        sheet.stroke([(800, 300), (800 + side * 40, 230), (800 + side * 90, 200)], 6, "#0d1f1c")
    return sheet.finished()


def arch(sheet, x, half, colour):
    """A pointed window: two arcs that meet above a box."""
    spring = 520
    left = [around(x + half, spring, 2 * half, degrees) for degrees in range(270, 331, 2)]
    right = [around(x - half, spring, 2 * half, degrees) for degrees in range(30, 91, 2)]
    sheet.polygon([*left, *right, (x + half, HEIGHT), (x - half, HEIGHT)], colour)


def wing(sheet, side):
    def at(dx, dy):
        return 800 + side * dx, dy

    sheet.polygon(
        [
            at(14, 350),
            at(150, 190),
            at(360, 110),
            at(520, 150),
            at(540, 270),
            at(430, 420),
            at(220, 500),
            at(14, 470),
        ],
        "#cfe3da",
    )
    sheet.polygon(
        [at(14, 480), at(200, 520), at(360, 560), at(380, 660), at(290, 760), at(170, 740), at(60, 640)],
        "#a9cbbd",
    )
    sheet.polygon(
        [at(120, 330), at(250, 220), at(400, 180), at(440, 240), at(340, 350), at(180, 410)], "#e9f2ec"
    )
    sheet.disc(*at(405, 250), 34, "#d08a4e")
    sheet.disc(*at(270, 640), 30, "#d08a4e")


def clock():
    """A clock whose only hand has left an amber slice behind it."""
    sheet = Canvas("#efe6d2")
    sheet.box(0, 700, WIDTH, HEIGHT, "#ddd0b4")
    sheet.disc(818, 468, 366, "#cdbf9f")
    sheet.disc(800, 450, 366, INK)
    sheet.disc(800, 450, 332, "#fbf6ea")
    sheet.wedge(800, 450, 300, 0, 202, "#e0a437")
    sheet.disc(800, 450, 120, "#fbf6ea")
    for month in range(24):
        inner = 268 if month % 6 == 0 else 288
        sheet.stroke(
            [around(800, 450, inner, month * 15), around(800, 450, 312, month * 15)],
            9 if month % 6 == 0 else 5,
            INK,
        )
    sheet.stroke([around(800, 450, 60, 22), around(800, 450, 250, 202)], 18, INK)
    sheet.disc(800, 450, 30, INK)
    sheet.disc(800, 450, 10, "#e0a437")
    return sheet.finished()


def keyhole():
    """Light through a keyhole, and the key before it."""
    sheet = Canvas("#2a2530")
    for left in range(0, WIDTH, 200):
        sheet.box(left, 0, left + 194, HEIGHT, "#332d3a")
    sheet.box(580, 60, 1020, 690, "#1a171f", 40)
    for x, y in ((624, 104), (976, 104), (624, 646), (976, 646)):
        sheet.disc(x, y, 13, "#4a4254")
    sheet.disc(800, 290, 122, "#f0c75e")
    sheet.polygon([(756, 350), (844, 350), (896, 610), (704, 610)], "#f0c75e")
    sheet.box(0, 750, WIDTH, HEIGHT, "#1c1822")
    sheet.polygon([(716, 750), (884, 750), (1030, HEIGHT), (570, HEIGHT)], "#8a7040")
    key(sheet, 1120, 822)
    return sheet.finished()


def key(sheet, x, y):
    brass = "#c89b4a"
    sheet.ring(x, y, 46, 20, brass)
    sheet.box(x + 40, y - 10, x + 320, y + 10, brass)
    for left in (x + 236, x + 282):
        sheet.box(left, y, left + 28, y + 46, brass)
