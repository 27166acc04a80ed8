from .chart import ChartEntry, WeeklyList
from .chart_import import ChartImport
from .chart_run import ChartRun
from .chart_title import ChartTitle
from .decision import Decision
from .network import Company, Genre, Network
from .outlook import Outlook
from .people import Credit, Person
from .popular import PopularEntry
from .rating import Rating
from .season import Season
from .show import Show, shows_with_status
from .source import ShowSource

__all__ = [
    "ChartEntry",
    "ChartImport",
    "ChartRun",
    "ChartTitle",
    "Company",
    "Credit",
    "Decision",
    "Genre",
    "Network",
    "Outlook",
    "Person",
    "PopularEntry",
    "Rating",
    "Season",
    "Show",
    "ShowSource",
    "WeeklyList",
    "shows_with_status",
]
