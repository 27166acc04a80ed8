"""Under which hosts and schemes Django would show its pages; all else is Django's to refuse or redirect."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

# So many host names are remembered as good or not; of more each is looked at anew.
REMEMBERED = 200


class SiteNames:
    def __init__(self):
        own = urlsplit(settings.SITE_URL)
        self.is_https = own.scheme == "https"
        # Pages are rendered as asked for at SITE_URL: where that is refused, so would be every reader.
        self.is_own_good = validate_host(own.hostname, settings.ALLOWED_HOSTS)
        self._known = {}

    def are_in(self, environ):
        """Whether a request came to this site by one of its names, and by https where that is the rule."""
        host = environ.get("HTTP_HOST", "")
        is_known = self._known.get(host)
        if is_known is None:
            is_known = self._look_at(host)
        return is_known and (not self.is_https or _is_secure(environ))

    def _look_at(self, host):
        domain, _port = split_domain_port(host)
        is_good = self.is_own_good and bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if len(self._known) < REMEMBERED:
            self._known[host] = is_good
        return is_good


def _is_secure(environ):
    """As Django decides it: the proxy's word where one is trusted."""
    if settings.TRUST_PROXY and (said := environ.get("HTTP_X_FORWARDED_PROTO")) is not None:
        return said.partition(",")[0].strip() == "https"
    return environ["wsgi.url_scheme"] == "https"
