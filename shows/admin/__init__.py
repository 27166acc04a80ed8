from .chart import ChartEntryAdmin
from .decision import DecisionAdmin
from .names import CompanyAdmin, GenreAdmin, NetworkAdmin, PersonAdmin, SeasonAdmin
from .show import ShowAdmin

__all__ = [
    "ChartEntryAdmin",
    "CompanyAdmin",
    "DecisionAdmin",
    "GenreAdmin",
    "NetworkAdmin",
    "PersonAdmin",
    "SeasonAdmin",
    "ShowAdmin",
]
