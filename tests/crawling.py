"""The site's URL map and its links, as a crawler walks them."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import get_resolver


def patterns(resolver=None, prefix=""):
    """Every address pattern of the site as the URL map writes it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, route)
        else:
            yield route


def address(route, arguments):
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(arguments[match[1]]), route)


def links_in(response, base):
    """Where a page or feed leads: same site, without fragments, static files left out."""
    if not re.match("text/html|application/(atom|rss|.*xml)", response.get("Content-Type", "")):
        return
    text = response.content.decode()
    targets = re.findall(r"""(?:href|src|action)=["']([^"']+)["']""", text)
    targets += re.findall(r"""data-[\w-]+=["'](/[^"']*)["']""", text)
    targets += re.findall(r"<(?:id|loc|link)>([^<]+)<", text)
    for target in map(unescape, targets):
        parts = urlsplit(urljoin(f"http://127.0.0.1:8000{base}", target))
        if parts.netloc == "127.0.0.1:8000" and not parts.path.startswith("/static/"):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path
