"""Atom as every feed of the site has it: any text is valid XML, and what did not change is not sent again."""

import re

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import get_language

from .paging import EPOCH
from .templatetags.articles import site_address

# What XML 1.0 cannot say, not even escaped. (All but what it can say takes eight times as long to compile.)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text):
    """`text` without the characters that XML does not know."""
    return _NOT_XML.sub("", str(text))


class Feed(Atom1Feed):
    """An Atom feed that knows HTML text (`content`), several authors and links beside the entry's own.

    An item may have `content`, and `authors` as (name, address or "").
    """

    def latest_post_date(self):
        """Of an empty feed always the same, so that it is the same bytes each time."""
        return max((item["updateddate"] for item in self.items), default=EPOCH)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name, address in item.get("authors", ()):
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if address:
                handler.addQuickElement("uri", address)
            handler.endElement("author")
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})


def feed_of(request, title, link, *, author=None, guid=None):
    """An empty feed at the request's address, of what stands at `link`."""
    return Feed(
        title=xml_text(title),
        link=site_address(link),
        feed_url=site_address(request.path),
        description=None,
        language=get_language(),
        author_name=author and xml_text(author),
        feed_guid=guid and site_address(guid),
    )


def answer(feed, changed_at=None):
    """The response; `changed_at` where something changed after the newest entry's own moment."""
    response = HttpResponse(feed.writeString("utf-8"), content_type=Feed.content_type)
    latest = max(filter(None, [feed.latest_post_date(), changed_at]))
    response["Last-Modified"] = http_date(latest.timestamp())
    return response
