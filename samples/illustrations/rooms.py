"""Motifs that are indoors."""

from .canvas import HEIGHT, PAPER, WIDTH, Canvas


def doors():
    """Two doors shut, the third ajar."""
    sheet = Canvas("#8a3f2d")
    sheet.box(0, 700, WIDTH, HEIGHT, "#45201a")
    sheet.box(0, 690, WIDTH, 704, "#2b1412")
    for left in (190, 650, 1110):
        sheet.box(left - 26, 124, left + 326, 700, "#6b2f22")
        sheet.box(left, 150, left + 300, 700, "#2b1412")
    for left in (190, 650):
        panelled_door(sheet, left)
    sheet.box(1110, 150, 1410, 700, "#f0d9a0")
    sheet.polygon([(1110, 700), (1410, 700), (1500, HEIGHT), (890, HEIGHT)], "#d9b878")
    sheet.polygon([(1230, 150), (1410, 150), (1410, 700), (1230, 756)], "#54271d")
    sheet.polygon([(1256, 196), (1386, 192), (1386, 400), (1256, 406)], "#3b1a15")
    sheet.polygon([(1256, 446), (1386, 438), (1386, 660), (1256, 690)], "#3b1a15")
    sheet.disc(1250, 440, 9, "#f0d9a0")
    return sheet.finished()


def panelled_door(sheet, left):
    sheet.box(left + 8, 158, left + 292, 700, "#54271d")
    for top, bottom in ((200, 400), (440, 660)):
        for inset in (40, 160):
            sheet.box(left + inset, top, left + inset + 100, bottom, "#3b1a15")
    sheet.disc(left + 262, 430, 11, "#d9b878")


def dojo():
    """Paper screens with a sun behind them."""
    sheet = Canvas("#ece0c6")
    sheet.disc(800, 370, 250, "#c0392b")
    for left in range(0, WIDTH, 400):
        sheet.box(left - 12, 0, left + 12, 690, "#3a2a20")
        for x in (left + 133, left + 266):
            sheet.box(x - 4, 60, x + 4, 560, "#6a523f")
    for y in (60, 185, 310, 435, 560):
        sheet.box(0, y - 4, WIDTH, y + 4, "#6a523f")
    sheet.box(0, 0, WIDTH, 60, "#3a2a20")
    sheet.box(0, 564, WIDTH, 690, "#b99b73")
    for left in range(0, WIDTH, 400):
        sheet.box(left + 30, 590, left + 370, 664, "#a58660")
    sheet.box(0, 690, WIDTH, HEIGHT, "#2b1f18")
    for n in range(-8, 9):
        sheet.stroke([(800 + n * 130, 694), (800 + n * 300, HEIGHT)], 3, "#45332a")
    return sheet.finished()


def corridor():
    """A corridor towards a green door."""
    sheet = Canvas("#dfe4dd")
    end_left, end_top, end_right, end_bottom = 680, 330, 920, 560
    sheet.polygon([(0, 0), (WIDTH, 0), (end_right, end_top), (end_left, end_top)], "#f4f5ee")
    sheet.polygon([(0, HEIGHT), (WIDTH, HEIGHT), (end_right, end_bottom), (end_left, end_bottom)], "#2f5a4c")
    sheet.polygon([(0, 0), (end_left, end_top), (end_left, end_bottom), (0, HEIGHT)], "#cfd7cf")
    sheet.polygon([(WIDTH, 0), (end_right, end_top), (end_right, end_bottom), (WIDTH, HEIGHT)], "#c1cbc3")
    sheet.box(end_left, end_top, end_right, end_bottom, "#e9ece4")
    sheet.box(760, 400, 840, end_bottom, "#2f7d5b")
    sheet.disc(828, 486, 5, PAPER)
    for near, far in ((0.12, 0.3), (0.5, 0.62), (0.76, 0.83)):
        wall_door(sheet, near, far, 0, end_left, "#aebab1")
        wall_door(sheet, near, far, WIDTH, end_right, "#9fada3")
    for depth in (0.2, 0.5, 0.72, 0.86):
        half = 190 * (1 - depth) + 20
        y = end_top * depth
        sheet.polygon(
            [
                (800 - half, y),
                (800 + half, y),
                (800 + half * 0.86, y + 30 * (1 - depth)),
                (800 - half * 0.86, y + 30 * (1 - depth)),
            ],
            "#ffffff",
        )
    return sheet.finished()


def wall_door(sheet, near, far, edge, vanishing, colour):
    """A door in a side wall; `near` and `far` say how deep it stands between the edge and the end wall."""

    def corner(depth, height):
        x = edge + (vanishing - edge) * depth
        top, bottom = 330 * depth, HEIGHT - 340 * depth
        return x, bottom - (bottom - top) * height

    sheet.polygon([corner(near, 0), corner(near, 0.72), corner(far, 0.72), corner(far, 0)], colour)
