"""What stands elsewhere: which addresses are videos and posts, and where their players are.

The one table. The form's hints, the page and the policy of what a page may frame are all made from it. No
Django models here, so that the settings can read it.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from shows.links import is_web_address

VIDEO, POST, LINK = "video", "post", "link"
# The longest start of a video that is taken: a day.
LATEST_START = 24 * 60 * 60
START = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


class Provider(NamedTuple):
    """A site: its hosts (without "www." and "m."), the paths of what is shown from it, and its player.

    A path's pattern names what the player's address needs: `id`, and `key` for what is unlisted; `in_query`
    are paths whose `id` stands in a parameter of the query. `start` is how the player is told where to begin,
    `key` its parameter for what is unlisted, `upright` how the paths of videos begin that are higher than
    wide. Without a player it is a post.
    """

    name: str
    hosts: tuple
    paths: tuple
    player: str = ""
    options: tuple = ()
    start: str = ""
    key: str = ""
    in_query: tuple = ()
    upright: str = ""

    @property
    def kind(self):
        return VIDEO if self.player else POST

    @property
    def frame_origin(self):
        """Where its player is loaded from, as a policy names it; empty for posts, which are never framed."""
        parts = urlsplit(self.player)
        return f"{parts.scheme}://{parts.netloc}" if self.player else ""

    def player_address(self, found, query, fragment):
        options = dict(self.options)
        if self.key and (key := found.get("key") or first(query, self.key)):
            options[self.key] = key
        begin = seconds(first(query, "t") or first(query, "start") or fragment.removeprefix("t="))
        anchor = f"#t={begin}s" if begin and self.start == "#t" else ""
        if begin and self.start and not anchor:
            options[self.start] = begin
        return f"{self.player.format(id=found['id'])}?{urlencode(options)}{anchor}"


YOUTUBE_ID = r"(?P<id>[\w-]{11})"
YOUTUBE = {
    "name": "YouTube",
    "player": "https://www.youtube-nocookie.com/embed/{id}",
    "options": (("autoplay", 1), ("rel", 0)),
    "start": "start",
}
PROVIDERS = [
    Provider(
        **YOUTUBE,
        hosts=("youtube.com", "youtube-nocookie.com", "music.youtube.com"),
        paths=(rf"/(?:shorts|live|embed|v)/{YOUTUBE_ID}/?",),
        in_query=(("/watch", "v", YOUTUBE_ID),),
        upright="/shorts/",
    ),
    Provider(**YOUTUBE, hosts=("youtu.be",), paths=(rf"/{YOUTUBE_ID}/?",)),
    Provider(
        name="Vimeo",
        hosts=("vimeo.com", "player.vimeo.com"),
        paths=(
            r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?(?P<id>\d{1,12})(?:/(?P<key>[0-9a-f]{6,20}))?/?",
        ),
        player="https://player.vimeo.com/video/{id}",
        options=(("autoplay", 1), ("dnt", 1)),
        start="#t",
        key="h",
    ),
    Provider(
        name="TikTok",
        hosts=("tiktok.com",),
        paths=(
            r"/@[\w.-]{1,40}/video/(?P<id>\d{5,25})/?",
            r"/(?:player/v1|embed(?:/v2)?)/(?P<id>\d{5,25})/?",
        ),
        player="https://www.tiktok.com/player/v1/{id}",
        options=(("autoplay", 1), ("rel", 0)),
        upright="/",
    ),
    Provider(
        name="X",
        hosts=("x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com"),
        paths=(r"/(?:i/web|\w{1,30})/status(?:es)?/(?P<id>\d{1,25})(?:/.*)?",),
    ),
    Provider(
        name="Bluesky",
        hosts=("bsky.app",),
        paths=(r"/profile/[\w.:%-]{3,260}/post/(?P<id>[0-9a-z]{1,30})/?",),
    ),
    Provider(
        name="Instagram",
        hosts=("instagram.com",),
        paths=(r"/(?:[\w.]{1,40}/)?(?:p|reel|reels|tv)/(?P<id>[\w-]{5,40})/?",),
    ),
]
FRAME_ORIGINS = sorted({provider.frame_origin for provider in PROVIDERS} - {""})


class Found(NamedTuple):
    """What an address is: `kind` (video, post or link), the site's name, and for a video its player."""

    kind: str
    site: str
    player: str = ""
    is_upright: bool = False


def recognise(address):
    """What stands at an address; None for one that must not become a link at all."""
    if not is_web_address(address):
        return None
    parts = urlsplit(address)
    host = bare_host(parts.hostname)
    query = parse_qs(parts.query)
    for provider in PROVIDERS:
        if host in provider.hosts and (match := match_in(provider, parts.path, query)):
            if not provider.player:
                return Found(POST, provider.name)
            player = provider.player_address(match.groupdict(), query, parts.fragment)
            is_upright = bool(provider.upright and parts.path.startswith(provider.upright))
            return Found(VIDEO, provider.name, player, is_upright)
    return Found(LINK, host)


def match_in(provider, path, query):
    for at, name, pattern in provider.in_query:
        if path.rstrip("/") == at:
            return re.fullmatch(pattern, first(query, name), re.ASCII)
    return next(filter(None, (re.fullmatch(p, path, re.ASCII) for p in provider.paths)), None)


def bare_host(host):
    host = (host or "").rstrip(".").lower()
    for prefix in ("www.", "m."):
        host = host.removeprefix(prefix)
    return host


def first(query, name):
    return query.get(name, [""])[0]


def seconds(text):
    """ "1h2m3s", "2m", "90s" or "90" as seconds; 0 for what is none of them."""
    match = START.fullmatch(text)
    hours, minutes, rest = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    total = hours * 3600 + minutes * 60 + rest
    return total if total <= LATEST_START else 0


def drawable(block, picture):
    """A frozen embed as its template wants it; None where nothing of it can be shown.

    The address is judged anew whatever was stored: one that may not become a link is left out, and what was
    written about it stays.
    """
    found = recognise(block["url"])
    if found is None and not (block["title"] or block["text"]):
        return None
    return block | {
        "kind": found.kind if found else LINK,
        "site": found.site if found else "",
        "player": found.player if found else "",
        "is_upright": bool(found and found.is_upright),
        "url": block["url"] if found else "",
        "picture": picture,
    }
