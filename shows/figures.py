"""Numbers as readers see them: grouped by the locale, with a real minus sign."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"


def grouped(number):
    """24070000 -> "24,070,000"."""
    return number_format(number, force_grouping=True)


def compact(number):
    """24070000 -> "24.1 M"; below a million in thousands, below a thousand as it is."""
    # Rounded first, because number_format cuts: 24.07 must not become "24.0".
    if number >= 999_500:
        millions = (Decimal(number) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return number_format(millions, decimal_pos=1) + SPACE + _("M")
    if number >= 1_000:
        return str(round(number / 1_000)) + SPACE + _("K")
    return str(number)


def change_percent(now, before):
    """The change in percent, rounded to two places; None where either figure is missing or nothing."""
    if now is None or not before:
        return None
    change = (Decimal(now) / Decimal(before) - 1) * 100
    return change.quantize(Decimal("0.01"), ROUND_HALF_UP)


def signed_percent(change, places=2):
    """Decimal("63.56") -> "+63.56 %"; 0 places for labels in a chart."""
    change = change.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return sign + number_format(abs(change), decimal_pos=places) + SPACE + "%"


def whole_percent(part, of):
    """The share in whole percent, a half rounded up: 2 of 3 -> 67."""
    return int((Decimal(part) / Decimal(of) * 100).quantize(Decimal(1), ROUND_HALF_UP))
