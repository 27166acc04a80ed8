"""What is fetched from the web: over http and https alone, also where an answer leads on."""

from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

# Python's own opener follows a redirect to ftp: as well.
HANDLERS = (
    *(ProxyHandler, HTTPHandler, HTTPSHandler),
    *(HTTPRedirectHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor),
)


def fetched(address, seconds, accept="*/*"):
    """The answer to a GET of this address, to be read and closed.

    Raises what `urllib` does (URLError, HTTPError, OSError), and ValueError for what is no address.
    """
    opener = OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    headers = {"User-Agent": "Cliffhanger", "Accept": accept}
    return opener.open(Request(address, headers=headers), timeout=seconds)  # noqa: S310
