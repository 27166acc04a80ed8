"""Every page of the site that a link leads to, fetched once."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib

# The newsroom's door is no page for readers; each answer of the report and reply forms is a page of its own.
LEFT_OUT = re.compile(r"^/(admin|newsroom|api)/|/comments/\d+/(report|reply)/$")
# Pages of one kind are alike: (what their paths look like, what they are called).
KINDS = [
    (r"/", "front"),
    (r"/articles/", "archive"),
    (r"/articles/[^/]+/", "article"),
    (r"/articles/[^/]+/comments/\d+/thread/", "thread"),
    (r"/(categories|tags|authors|series)/[^/]+/", "listing"),
    (r"/shows/", "shows"),
    (r"/shows/[^/]+/", "show"),
    (r"/tracker/", "tracker"),
    (r"/compare/", "comparison"),
    (r"/data/", "data"),
    (r"/forecasts/", "forecasts"),
    (r"/networks/", "networks"),
    (r"/top10/([-\d]+/)?", "charts"),
    (r"/networks/[^/]+/", "network"),
    (r"/people/[^/]+/", "person"),
    (r"/search/", "search"),
    (r"/pages/[^/]+/", "page"),
    (r"/comments/your-data/", "own data"),
]
# What a page leads to, and the attribute that says so.
LEADING = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "srcset", "form": "action"}
STARTS = ["/", "/robots.txt", "/sitemap.xml", "/news-sitemap.xml", "/feed/", "/search/?q=season"]
PATIENCE = 60


@dataclass
class Page:
    """An answer: where it was asked for, where it came from, and what it is."""

    asked: str
    address: str
    status: int
    kind: str
    body: bytes = field(repr=False)

    @property
    def is_html(self):
        return self.kind.startswith("text/html")

    @property
    def text(self):
        return self.body.decode()

    @cached_property
    def tree(self):
        return html5lib.parse(self.body, namespaceHTMLElements=False, transport_encoding="utf-8")

    @cached_property
    def ids(self):
        return {element.get("id") for element in self.tree.iter() if element.get("id")}

    @property
    def links(self):
        """Where it leads, as absolute addresses with their fragments."""
        if self.is_html:
            return [urljoin(self.address, target) for target in self._targets()]
        if "xml" in self.kind:
            found = re.findall(r"<(?:loc|image:loc)>([^<]+)<|href=\"([^\"]+)\"", self.text)
            return [urljoin(self.address, one or other) for one, other in found]
        return []

    def _targets(self):
        for element in self.tree.iter():
            target = element.get(LEADING.get(element.tag, ""))
            is_post = element.tag == "form" and element.get("method", "get").lower() != "get"
            # Any four of all seasons can be compared: nobody is to walk through all of that.
            is_endless = "nofollow" in element.get("rel", "")
            if target and not is_post and not is_endless:
                # Of a picture's sizes the smallest: the others are made by the same code.
                yield target.split(",")[0].split()[0] if element.tag == "source" else target

    @property
    def what(self):
        """The kind of page, or None for what is no kind of its own."""
        path = urlsplit(self.address).path
        return next((name for pattern, name in KINDS if re.fullmatch(pattern, path)), None)


def fetch(address):
    request = urllib.request.Request(address, headers={"User-Agent": "audit"})
    try:
        answer = urllib.request.urlopen(request, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Page(address, answer.url, answer.status, answer.headers.get("Content-Type", ""), answer.read())


def crawl(base, starts=STARTS):
    """`{address: Page}` of all that can be reached from the starts, on this site."""
    wanted, pages = [urljoin(base, start) for start in starts], {}
    while wanted:
        address = urldefrag(wanted.pop()).url
        if address in pages or not is_ours(address, base):
            continue
        pages[address] = page = fetch(address)
        wanted += page.links
    return pages


def is_ours(address, base):
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" == base and not LEFT_OUT.search(parts.path)


def dead_links(pages, base):
    """Links of the site to itself that do not answer, or whose fragment no element has."""
    findings = []
    for page in pages.values():
        for link in sorted(set(page.links)):
            address, fragment = urldefrag(link)
            target = pages.get(address)
            if target is None:
                continue
            if target.status != 200:
                findings.append(f"{page.asked}: its link to {link} is answered with {target.status}")
            elif fragment and target.is_html and fragment not in target.ids:
                findings.append(f"{page.asked}: its link to {link} leads to no element")
    return findings


def one_of_each(pages):
    """A page of every kind, the longest of its kind: `{kind: Page}`."""
    chosen = {}
    for page in pages.values():
        if page.is_html and page.status == 200 and page.what:
            best = chosen.get(page.what)
            if best is None or len(page.body) > len(best.body):
                chosen[page.what] = page
    return chosen
