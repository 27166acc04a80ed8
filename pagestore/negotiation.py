"""What a request says of packings and of what it has already (RFC 9110)."""

from functools import lru_cache


@lru_cache(maxsize=500)
def best_packing(accepted):
    """“br”, “gzip” or "" (as it is): the best that an Accept-Encoding allows."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    return next((each for each in ("br", "gzip") if weights.get(each, weights.get("*", 0)) > 0), "")


def _weight(parameter):
    name, _equals, number = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0


def has_already(asked, etag):
    """Whether an If-None-Match names this tag; a proxy that packed the page has made it a weak one."""
    if asked == etag:
        return True
    tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    return etag in tags or tags == ["*"]
