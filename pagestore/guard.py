"""Middleware of the tests: a page that is stored must not look at who asks for it."""

from django.http import QueryDict

from .pages import PAGES


class LooksAtTheReader(AssertionError):
    """A page that is kept for everyone read a cookie, the session, the user, or a parameter of its own."""


class Forbidden:
    """Stands where a view finds what is personal, and raises whatever is done with it."""

    def __init__(self, what, view_name):
        self.__dict__["said"] = f"{view_name} is stored for everyone and reads {what}."

    def refuse(self, *args, **kwargs):
        raise LooksAtTheReader(self.__dict__["said"])

    __getattr__ = __setattr__ = __getitem__ = __iter__ = __contains__ = __bool__ = __len__ = __eq__ = refuse
    __hash__ = None


class Declared(QueryDict):
    """A query of which only the parameters may be read that reach the view of a kept page."""

    def __getitem__(self, name):
        self.check(name)
        return super().__getitem__(name)

    def getlist(self, name, default=None):
        self.check(name)
        return super().getlist(name, default)

    def check(self, name):
        if name not in self.parameters:
            raise LooksAtTheReader(
                f"{self.view_name} reads the parameter “{name}”, which PAGES does not name."
            )

    def __deepcopy__(self, memo):
        return QueryDict(self.urlencode(), mutable=True)


class Guard:
    """From the view on, for GET and HEAD of what `PAGES` names; afterwards all is as it was."""

    WHAT = ("COOKIES", "session", "user", "GET")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        finally:
            self.give_back(request)

    def process_exception(self, request, exception):
        self.give_back(request)

    def give_back(self, request):
        for name, value in getattr(request, "_hidden_by_guard", {}).items():
            setattr(request, name, value)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if name in PAGES and request.method in ("GET", "HEAD"):
            request._hidden_by_guard = {each: getattr(request, each) for each in self.WHAT}
            query = Declared(request.META.get("QUERY_STRING", ""))
            query.parameters, query.view_name = PAGES[name].parameters, name
            for each in self.WHAT:
                setattr(request, each, Forbidden(each, name))
            request.GET = query
