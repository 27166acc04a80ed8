"""What an article's page asks of a reader's line and phone, measured in a browser."""

import pytest

from .factories import make_image, publish_article
from .factories_comments import make_comment
from .factories_shows import make_the_imperfects

BYTES, REQUESTS = 60 * 1024, 6
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
TO_THE_END = """async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 600) {
        scrollTo(0, y);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
}"""


@pytest.fixture
def article(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    article = publish_article(lead_image=make_image(), show=make_the_imperfects())
    for _ in range(10):
        make_comment(article)
    return article


def weighed(page, address):
    """`{request id: (type, bytes over the wire)}` of all that a first visit fetches."""
    session, kinds, weights = page.context.new_cdp_session(page), {}, {}
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda said: weights.update({said["requestId"]: said["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    return {pk: (kinds[pk], weight) for pk, weight in weights.items() if pk in kinds}


@pytest.mark.parametrize("width", [390, 1280])
def test_an_article_with_a_picture_is_light_and_never_moves(article, open_page, width):
    page = open_page(viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)
    fetched = weighed(page, article.get_absolute_url())
    assert [kind for kind, _weight in fetched.values()].count("Image") == 1
    assert len(fetched) <= REQUESTS, fetched
    assert sum(weight for kind, weight in fetched.values() if kind != "Image") <= BYTES, fetched
    page.evaluate(TO_THE_END)
    assert page.evaluate("shifted") == 0
