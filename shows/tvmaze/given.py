"""What TVmaze says, as the importer takes it."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class NetworkGiven(NamedTuple):
    name: str
    is_streamer: bool
    country: str
    website: str


class SeasonGiven(NamedTuple):
    number: int
    premiered_on: date | None = None
    finale_on: date | None = None
    episode_count: int | None = None


class PartGiven(NamedTuple):
    """Whom somebody plays; `character` is empty where they are themselves. `position` counts from 1."""

    person_id: int
    person_name: str
    character: str
    position: int


@dataclass
class ShowGiven:
    """A show. `has_seasons` says whether TVmaze told of them, which it does where it is asked; `left_out`, in
    sentences, what the record cannot hold."""

    tvmaze_id: int
    title: str
    address: str
    premiered_on: date | None
    ended_on: date | None
    is_ended: bool
    imdb_id: str
    language: str
    website: str
    synopsis: str
    network: NetworkGiven | None
    genres: list[str]
    seasons: list[SeasonGiven]
    cast: list[PartGiven]
    has_seasons: bool
    left_out: list[str] = field(default_factory=list)
