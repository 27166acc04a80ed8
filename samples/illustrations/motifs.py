# ruff: noqa: E501, RUF001
"""One motif an article, with what readers are told of it."""

from dataclasses import dataclass

from . import objects, places, rooms

CREDIT = "Cold Open"


@dataclass(frozen=True)
class Illustration:
    """What stands with a picture; `name` is the function that draws it."""

    name: str
    alt: str
    caption: str
    focal_x: int = 50
    focal_y: int = 50
    credit: str = CREDIT


PICTURES = {
    picture.name: picture
    for picture in (
        Illustration(
            "laboratory",
            "Four laboratory flasks on a bench before a large yellow moon: one part full, one fuller, one low, one empty.",
            "Twenty-four, thirty-five, thirteen, gone: four weeks in four flasks.",
        ),
        Illustration(
            "tower",
            "Dark office towers at night; in the tallest a single window is lit.",
            "Somebody is still working on a partnership.",
            62,
        ),
        Illustration(
            "weeks",
            "A calendar of four weeks; of the first only the last four days are filled, the third is marked in red.",
            "A first week of four days, and a third that is easily lost in counting.",
        ),
        Illustration(
            "doors",
            "Three tall doors in a brick-red wall. Two are shut; light falls through the third, which is ajar.",
            "Not shut, not open.",
            68,
        ),
        Illustration(
            "night",
            "A crescent moon and stars above blue dunes.",
            "The king of dreams keeps his own hours.",
            70,
            40,
        ),
        Illustration(
            "wings", "A pair of pale green wings spread before a dark pointed window.", "Folded for good."
        ),
        Illustration(
            "crown",
            "A golden crown above the line of a dark hill, where a half sun stands.",
            "An old season, and a reason to return.",
        ),
        Illustration(
            "hills",
            "Two mountains before a red sky and a pale sun; black firs in front.",
            "Two summits, five weeks apart.",
            55,
        ),
        Illustration(
            "valley",
            "A mountain line drawn in columns: it falls from a first summit, rises steeply to a second, and falls again.",
            "The season’s weeks, drawn as a range of hills.",
        ),
        Illustration(
            "dojo",
            "A wall of paper screens with a red disc behind them, above a floor of dark boards.",
            "The mats are rolled up one last time.",
        ),
        Illustration(
            "clock",
            "A clock with a single hand; a slice of its face is coloured amber.",
            "The counter runs for twenty-four months.",
            50,
        ),
        Illustration(
            "flight",
            "A white airliner crosses bands of evening sky above clouds.",
            "Five and a half years late, and ahead of a good many others.",
            45,
            42,
        ),
        Illustration(
            "keyhole",
            "A large keyhole full of light in a dark door, with a key lying before it.",
            "Turned three times, as planned.",
        ),
        Illustration(
            "corridor",
            "A white corridor runs to its vanishing point; at its end a green door.",
            "It is longer than it looks.",
        ),
        Illustration(
            "shapes",
            "A circle, a triangle and a square stand on a staircase against a pink wall.",
            "Three shapes, and a long way down.",
        ),
    )
}


def draw(name):
    """The picture of this name as a Pillow image of 1600 by 900; the same every time."""
    module = next(module for module in (places, rooms, objects) if hasattr(module, name))
    return getattr(module, name)()
