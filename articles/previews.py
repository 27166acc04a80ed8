"""The preview: the page that publishing would give, drawn by the readers' own code."""

from django.conf import settings
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from .models import Edition
from .views import render_article


def preview(request, article, *, back):
    """The composed page under the readers' policy, kept by nobody; `back` is where its bar leads."""
    return never_cache(csp_override(settings.SECURE_CSP)(_composed))(request, article, back)


def _composed(request, article, back):
    about = {"saved_at": article.saved_at, "back": back}
    response = render_article(request, Edition.compose(article), preview=about)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
