from .chart import ChartEntryAdmin
from .chart_import import ChartImportAdmin
from .chart_title import ChartTitleAdmin
from .decision import DecisionAdmin
from .names import CompanyAdmin, GenreAdmin, NetworkAdmin, PersonAdmin, SeasonAdmin
from .outlook import OutlookAdmin
from .show import ShowAdmin

__all__ = [
    "ChartEntryAdmin",
    "ChartImportAdmin",
    "ChartTitleAdmin",
    "CompanyAdmin",
    "DecisionAdmin",
    "GenreAdmin",
    "NetworkAdmin",
    "OutlookAdmin",
    "PersonAdmin",
    "SeasonAdmin",
    "ShowAdmin",
]
