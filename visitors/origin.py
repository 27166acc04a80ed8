"""The origin table: which posts without a token come from this site's own pages.

Public pages are the same bytes for everyone and carry no CSRF token. Browsers say themselves where a post
comes from: by `Sec-Fetch-Site` over https and on this machine, else by `Origin`.
"""

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def is_from_this_site(request):
    """Whether an unsafe request was made by a page of this site, or by its reader directly.

    `Sec-Fetch-Site` decides where it is present. Where it is absent (plain http on a local network), host
    and port of the one `Origin` must equal the request's own; no origin, `null` and two origins are none.
    Raises DisallowedHost where the request's host is not one of this site's.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = _host_and_port(request.headers.get("Origin", ""))
    return origin is not None and origin == _host_and_port(f"{request.scheme}://{request.get_host()}")


def _host_and_port(origin):
    """("example.org", 443) for "https://example.org"; None for what is no single origin."""
    try:
        parts = urlsplit(origin)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    extra = parts.path or parts.query or parts.fragment or parts.username is not None
    if extra or not port or not parts.hostname or "," in parts.netloc:
        return None
    return parts.hostname, port
