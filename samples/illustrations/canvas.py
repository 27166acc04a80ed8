"""A sheet to draw flat shapes on, in picture units; edges are smoothed by drawing at three times the size."""

import math

from PIL import Image, ImageDraw

SIZE = WIDTH, HEIGHT = 1600, 900
OVERSAMPLING = 3

PAPER = "#f3ead7"
INK = "#14181b"


class Canvas:
    """Draws in units of a 1600 by 900 picture; y grows downwards."""

    def __init__(self, ground):
        self.sheet = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING), ground)
        self.pen = ImageDraw.Draw(self.sheet)

    def polygon(self, points, fill):
        self.pen.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=fill)

    def box(self, left, top, right, bottom, fill, radius=0):
        corners = [edge * OVERSAMPLING for edge in (left, top, right, bottom)]
        self.pen.rounded_rectangle(corners, radius * OVERSAMPLING, fill=fill)

    def disc(self, x, y, radius, fill):
        self.pen.ellipse(
            [v * OVERSAMPLING for v in (x - radius, y - radius, x + radius, y + radius)], fill=fill
        )

    def ring(self, x, y, radius, width, fill):
        corners = [v * OVERSAMPLING for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(corners, outline=fill, width=round(width * OVERSAMPLING))

    def wedge(self, x, y, radius, start, end, fill):
        """A slice of a disc; degrees clockwise from twelve o'clock."""
        corners = [v * OVERSAMPLING for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.pieslice(corners, start - 90, end - 90, fill=fill)

    def stroke(self, points, width, fill, closed=False):
        """A line of even width with round corners and ends."""
        path = [*points, points[0]] if closed else points
        scaled = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in path]
        self.pen.line(scaled, fill=fill, width=round(width * OVERSAMPLING), joint="curve")
        for x, y in path:
            self.disc(x, y, width / 2, fill)

    def land(self, height_at, fill, step=4):
        """Everything below a line: `height_at(x)` gives its y."""
        line = [(x, height_at(x)) for x in range(0, WIDTH + step, step)]
        self.polygon([*line, (WIDTH, HEIGHT), (0, HEIGHT)], fill)

    def finished(self):
        return self.sheet.reduce(OVERSAMPLING)


def around(x, y, radius, degrees):
    """The point at an angle clockwise from twelve o'clock."""
    angle = math.radians(degrees - 90)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def bell(x, centre, width):
    """A hill of height 1 at its centre."""
    return math.exp(-(((x - centre) / width) ** 2))
