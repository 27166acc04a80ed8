from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .asked import Asked
from .choosing import Choices
from .comparison import Comparison
from .picture import Picture


@require_safe
def compare(request):
    """Up to four runs by week of age, and the way to choose them.

    It depends on the path, on `run`, `weeks` and `q`, on the database, and on the day: a status counts the
    days that a decision is awaited. What is asked in another order leads to its one address.
    """
    asked = Asked.from_query(request.GET)
    comparison = Comparison(asked)
    is_plain = comparison.curves and not comparison.is_told and not asked.q
    if is_plain and request.get_full_path() != asked.address:
        return redirect(asked.address)
    context = {
        "asked": asked,
        "comparison": comparison,
        "picture": Picture(comparison) if comparison.curves else None,
        "choices": Choices(comparison),
    }
    is_missing = comparison.is_told and not comparison.curves
    return render(request, "comparing/compare.html", context, status=404 if is_missing else 200)
