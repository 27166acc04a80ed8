"""The shapes in which `shows.py` writes down the record: plain data, checked by the loader's models."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class SeasonFacts:
    """One season; a season released at once has its premiere as its finale."""

    number: int
    premiered_on: date
    finale_on: date
    episodes: int


@dataclass(frozen=True)
class DecisionFacts:
    """A dated decision and who says so; `precision` is day, month or year."""

    outcome: str
    announced_on: date
    source: str
    url: str = ""
    season: int | None = None
    network: str = ""
    precision: str = "day"
    note: str = ""


@dataclass(frozen=True)
class RatingFacts:
    """A score as it stood on a day; a score of None records that there was none."""

    source: str
    score: Decimal | None
    scale: int
    as_of_on: date
    url: str
    votes: int | None = None
    season: int | None = None


@dataclass(frozen=True)
class OutlookFacts:
    """The publication's own dated forecast of a season, from 1 (cancellation certain) to 8 (renewal certain);
    `withdrawn` is the reason why it was taken back, on the same day."""

    season: int
    step: int
    dated_on: date
    reason: str
    author: str
    withdrawn: str = ""


@dataclass(frozen=True)
class ShowFacts:
    """One show with everything the record holds of it; `network` is a key of `shows.NETWORKS`."""

    slug: str
    title: str
    network: str
    synopsis: str
    seasons: tuple[SeasonFacts, ...]
    format: str = "series"
    country: str = "US"
    language: str = "en"
    companies: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    cast: dict[str, str] = field(default_factory=dict)
    decisions: tuple[DecisionFacts, ...] = ()
    ratings: tuple[RatingFacts, ...] = ()
    imdb_id: str = ""
    other_titles: str = ""


def day(text):
    """`day("2022-09-08")`: dates are written as they are read."""
    return date.fromisoformat(text)


def season(number, premiered, episodes, finale=""):
    """A season; without a finale it was released whole on the day of its premiere."""
    return SeasonFacts(number, day(premiered), day(finale or premiered), episodes)
