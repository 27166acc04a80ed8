"""How a feed reader reads: entries of an Atom feed as plain data, its HTML as tags and addresses."""

from html.parser import HTMLParser
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(client, address):
    """The feed's root element; it must parse as XML, set no cookie, and have what RFC 4287 asks."""
    response = client.get(address)
    assert response.status_code == 200 and not response.cookies
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    return root


def entries(client, address):
    """Each entry as {tag: text}, with its `link`, its `authors` and its `categories`."""
    found = []
    for entry in read_feed(client, address).iter(f"{ATOM}entry"):
        texts = {child.tag.removeprefix(ATOM): child.text for child in entry}
        assert {"id", "title", "updated"} <= set(texts)
        texts["link"] = entry.find(f"{ATOM}link").get("href")
        texts["authors"] = [author.findtext(f"{ATOM}name") for author in entry.iter(f"{ATOM}author")]
        texts["categories"] = [each.get("term") for each in entry.iter(f"{ATOM}category")]
        found.append(texts)
    return found


class Html(HTMLParser):
    """The tags, texts and addresses of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses, self.text = set(), [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.addresses += [value for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data
