"""What crawlers are told: where the sitemaps are, and what is not for them."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.templatetags.articles import site_address

# Every search makes a page of its own; the rest is behind a login or a secret link.
NOT_FOR_CRAWLERS = ("/admin/", "/preview/", "/newsroom/", "/search/?")


@require_safe
@cache_control(max_age=3600)
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS), ""]
    names = ["syndication:sitemap", "syndication:news_sitemap"]
    lines += [f"Sitemap: {site_address(reverse(name))}" for name in names]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
