"""Names for the codes of countries and languages that the record keeps."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

# Where most series on record are made; any other code is shown as it is.
COUNTRIES = {
    "AR": _("Argentina"),
    "AU": _("Australia"),
    "BE": _("Belgium"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CN": _("China"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "IN": _("India"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KR": _("South Korea"),
    "MX": _("Mexico"),
    "NL": _("Netherlands"),
    "NO": _("Norway"),
    "NZ": _("New Zealand"),
    "PL": _("Poland"),
    "SE": _("Sweden"),
    "TR": _("Turkey"),
    "TW": _("Taiwan"),
    "US": _("United States"),
    "ZA": _("South Africa"),
}


def country_name(code):
    return COUNTRIES.get(code, code)


def language_name(code):
    """The language's name in the reader's language; the code itself where Django does not know it."""
    try:
        return get_language_info(code)["name_translated"] if code else ""
    except KeyError:
        return code
