from .chart import ChartEntry
from .decision import Decision, Outlook
from .network import Company, Genre, Network
from .people import Credit, Person
from .rating import Rating
from .season import Season
from .show import Show
from .source import ShowSource

__all__ = [
    "ChartEntry",
    "Company",
    "Credit",
    "Decision",
    "Genre",
    "Network",
    "Outlook",
    "Person",
    "Rating",
    "Season",
    "Show",
    "ShowSource",
]
