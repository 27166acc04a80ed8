"""Middleware of the tests: a page that is stored must not look at who asks for it."""

from .pages import PAGES


class LooksAtTheReader(AssertionError):
    """A page that is the same for everyone read a cookie, the session or the user."""


class Forbidden:
    """Stands where a view finds what is personal, and raises whatever is done with it."""

    def __init__(self, what, view_name):
        self.__dict__["said"] = f"{view_name} is stored for everyone and reads {what}."

    def refuse(self, *args, **kwargs):
        raise LooksAtTheReader(self.__dict__["said"])

    __getattr__ = __setattr__ = __getitem__ = __iter__ = __contains__ = __bool__ = __len__ = __eq__ = refuse
    __hash__ = None


class Guard:
    """From the view on, for GET and HEAD of what `PAGES` names; afterwards all is as it was."""

    WHAT = ("COOKIES", "session", "user")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        finally:
            for name, value in getattr(request, "_hidden_by_guard", {}).items():
                setattr(request, name, value)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if name in PAGES and request.method in ("GET", "HEAD"):
            request._hidden_by_guard = {each: getattr(request, each) for each in self.WHAT}
            for each in self.WHAT:
                setattr(request, each, Forbidden(each, name))
