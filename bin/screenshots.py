"""Draw the pictures of the guides: start a demo of its own, open its pages in Chromium, keep what they show.

    python bin/screenshots.py                     the pictures that the guides use, into docs/screenshots/
    python bin/screenshots.py --only NAME …       some of them
    python bin/screenshots.py --every-page FOLDER every kind of page, 390 and 1280 px wide, light and dark

Run it with the project's own Python (`make screenshots` does). Needs chromium or google-chrome on the PATH.
"""

import argparse
import io
import shutil
from pathlib import Path

from own_demo import FLAGS, PASSWORD, demo
from PIL import Image
from playwright.sync_api import sync_playwright
from reader_scenes import READERS
from scenes import NEWSROOM

ROOT = Path(__file__).resolve().parent.parent
SCENES = {scene.__name__: scene for scene in (*NEWSROOM, *READERS)}
STORY = "/articles/the-imperfects-cancelled-one-season/"
READER, STAFF = None, "editor"

# name: (address, who looks, the element to show at the top of the picture)
PAGES = {
    "front": ("/", READER, None),
    "article": (STORY, READER, None),
    "figures": (STORY, READER, "aside.record.out"),
    "comments": (STORY, READER, "#comments"),
    "form": (STORY, READER, "#respond"),
    "archive": ("/articles/", READER, None),
    "shows": ("/shows/", READER, None),
    "show": ("/shows/the-imperfects/", READER, None),
    "tracker": ("/tracker/", READER, None),
    "week": ("/top10/2022-09-18/", READER, None),
    "network": ("/networks/netflix/", READER, None),
    "person": ("/people/italia-ricci/", READER, None),
    "imports": ("/admin/shows/chartimport/add/", STAFF, None),
    "titles": ("/admin/shows/charttitle/", STAFF, None),
    "outlooks": ("/admin/shows/outlook/", STAFF, None),
    "privacy": ("/pages/privacy/", READER, None),
    "about": ("/pages/about/", READER, None),
    "category": ("/categories/cancellations/", READER, None),
    "tag": ("/tags/netflix/", READER, None),
    "author": ("/authors/imogen-tarrant/", READER, None),
    "search": ("/search/?q=season", READER, None),
    "search-narrowed": ("/search/?q=netflix&type=article", READER, None),
    "search-nothing": ("/search/?q=zzyzx", READER, None),
    "search-empty": ("/search/", READER, None),
    "forecasts": ("/forecasts/", READER, None),
    "networks": ("/networks/", READER, None),
    "comparison": (
        "/compare/?run=the-imperfects.1&run=cobra-kai.5&run=partner-track.1&run=devil-in-ohio.1",
        READER,
        None,
    ),
    "comparing": ("/compare/?q=the", READER, None),
    "data": ("/data/", READER, None),
    "tracker-narrowed": ("/tracker/?status=cancelled", READER, None),
    "follow": ("/shows/the-imperfects/follow/", READER, None),
    "missing": ("/articles/the-imperfects-canceled/", READER, None),
    "missing-badly": ("/zzyzx/", READER, None),
    "login": ("/admin/login/", READER, None),
    "newsroom": ("/admin/", STAFF, None),
    "articles": ("/admin/articles/article/", STAFF, None),
    "writing": ("/admin/articles/article/6/change/", STAFF, None),
    "pictures": ("/admin/articles/image/", STAFF, None),
    "record": ("/admin/shows/show/1/change/", STAFF, None),
    "status": ("/admin/shows/show/", STAFF, None),
    "versions": ("/admin/articles/article/6/versions/", STAFF, None),
    "compare": ("/admin/articles/article/6/compare/?from=1&to=2", STAFF, None),
    "publish": ("/admin/articles/article/6/publish/", STAFF, None),
    "unpublish": ("/admin/articles/article/6/unpublish/", STAFF, None),
    "queue": ("/admin/comments/comment/", "moderator", None),
    "reported": ("/admin/comments/comment/?status=reported", "moderator", None),
    "history": ("/admin/comments/comment/1/change/", "moderator", None),
    "publication": ("/admin/articles/publication/", STAFF, None),
    "policy": ("/admin/comments/commentpolicy/", "moderator", None),
    "bans": ("/admin/comments/ban/add/", "moderator", None),
    "acts": ("/admin/comments/moderationevent/", "moderator", None),
    "mails": ("/admin/mailing/mail/", "admin", None),
    "thread": (f"{STORY}comments/1/thread/", READER, None),
    "reply": (f"{STORY}comments/1/reply/", READER, None),
    "report": (f"{STORY}comments/1/report/", READER, None),
    "own-data": ("/comments/your-data/", READER, None),
}
GUIDES = [
    ("front", 1280, "light"),
    ("article", 1280, "light"),
    ("article", 390, "dark"),
    ("figures", 1280, "light"),
    ("form", 1280, "light"),
    ("newsroom", 1280, "light"),
    ("writing", 1280, "light"),
    ("record", 1280, "light"),
    ("queue", 1280, "light"),
    ("queue", 390, "dark"),
    ("policy", 1280, "light"),
    ("compare", 1280, "light"),
    ("articles", 1280, "light"),
    ("pictures", 1280, "light"),
    ("picture", 1280, "light"),
    ("checks", 1280, "light"),
    ("beside", 1280, "light"),
    ("conflict", 1280, "light"),
    ("decision", 1280, "light"),
    ("stale", 1280, "light"),
    ("tracker", 1280, "light"),
    ("titles", 1280, "light"),
    ("comparison", 1280, "light"),
    ("forecasts", 1280, "light"),
    ("networks", 1280, "light"),
]


# Pictures further down are fetched when they come near.
SHOWN = """() => {
  const pictures = [...document.images];
  for (const picture of pictures) picture.loading = "eager";
  return Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
}"""


class Desk:
    """Chromium with a context for each width, colour scheme and person."""

    def __init__(self, chromium, site):
        self.chromium, self.site, self.contexts = chromium, site, {}

    def page(self, width, scheme, person):
        key = (width, scheme, person)
        if key not in self.contexts:
            self.contexts[key] = self.chromium.new_context(
                base_url=self.site.address,
                viewport={"width": width, "height": 844 if width < 600 else 860},
                color_scheme=scheme,
                reduced_motion="reduce",  # or the picture would be taken while the page still scrolls
            )
            if person:
                self.log_in(self.contexts[key], person)
        return self.contexts[key].new_page()

    def log_in(self, context, person):
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("[name=username]", person)
        page.fill("[name=password]", PASSWORD)
        page.click("[type=submit]")
        # Chromium may hang where a page is closed while it is being left.
        page.wait_for_url(lambda address: "/login/" not in address)
        page.close()

    def picture(self, name, width, scheme, *, is_whole=False):
        """The page as PNG bytes: what the window shows, or all of it."""
        if name in SCENES:
            page, element = SCENES[name](self, width, scheme), None
        else:
            page, element = self.open(name, width, scheme)
        if is_whole:
            page.evaluate(SHOWN)
        png = page.screenshot(full_page=is_whole and not element)
        page.close()
        return png

    def open(self, name, width, scheme):
        address, person, element = PAGES[name]
        page = self.page(width, scheme, person)
        page.goto(address, wait_until="networkidle")
        if element:
            page.locator(element).first.evaluate("element => element.scrollIntoView()")
        return page, element


def keep(png, path):
    """Write a picture with a palette of 256 colours: a quarter of the size, and the text stays sharp."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    picture.save(path, optimize=True)
    print(path)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every-page", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", metavar="NAME")
    options = parser.parse_args()
    folder = options.every_page
    wanted = [row for row in GUIDES if not options.only or row[0] in options.only]
    if folder:
        wanted = [
            (name, width, scheme)
            for name in options.only or [*PAGES, *SCENES]
            for width in (390, 1280)
            for scheme in ("light", "dark")
        ]
    chromium_path = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium_path:
        raise SystemExit("Install chromium (or google-chrome) to draw the pictures.")
    target = folder or ROOT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with demo() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        desk = Desk(chromium, site)
        for name, width, scheme in wanted:
            keep(
                desk.picture(name, width, scheme, is_whole=bool(folder)),
                target / f"{name}-{width}-{scheme}.png",
            )
        chromium.close()


if __name__ == "__main__":
    main()
