"""A show of the tracker as data: the same facts as its row on the page."""

from articles.templatetags.articles import site_address
from shows.dates import iso_text

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(show):
    return {
        "title": show.title,
        "address": site_address(show.get_absolute_url()),
        "network": show.network.name if show.network else None,
        "first_premiered_on": show.first_premiered_on,
        "status": show.status,
        "status_text": show.status_text,
        "days_waiting": show.days_waiting,
        "decision": _decision(show),
        "forecast": _forecast(show.outlook),
        "stories": show.stories,
    }


def _decision(show):
    """What the status rests on; None where the dates alone decide."""
    if not show.status_outcome:
        return None
    return {
        "outcome": show.status_outcome,
        "season": show.status_season,
        "announced_on": iso_text(show.status_on, show.status_precision) or None,
        "announced_by": show.status_network_name,
        "source": show.status_source_name or None,
        "source_address": show.status_source_url or None,
    }


def _forecast(outlook):
    return outlook and {"step": outlook.step, "text": str(outlook), "dated_on": outlook.dated_on}


COLUMNS = (
    *("title", "address", "network", "first_premiered_on", "status", "status_text", "days_waiting"),
    *("outcome", "season", "announced_on", "announced_by", "source", "source_address"),
    *("forecast_step", "forecast", "forecast_on", "stories"),
)


def cells(show):
    """The row of a show under COLUMNS, safe to open in a spreadsheet."""
    told = as_json(show)
    decision, forecast = told.pop("decision") or {}, told.pop("forecast") or {}
    told |= decision | {f"forecast{name}": forecast.get(key) for name, key in _FORECAST.items()}
    return [safe(told.get(column)) for column in COLUMNS]


_FORECAST = {"_step": "step", "": "text", "_on": "dated_on"}


def safe(value):
    """The text of a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int) else text
