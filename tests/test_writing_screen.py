"""The writing screen in a browser: typing, inserting and moving blocks, by mouse and by keyboard.

Every page of the `page` fixture fails its test on a console error or a violation of the policy, so these
tests also guard the hashes of the injected styles in `settings.NEWSROOM_CSP`.
"""

import re

import pytest

from articles.models import Article, PullQuote, Section
from tests.conftest import PASSWORD
from tests.factories import make_article, make_author, make_image, make_section, picture_file
from tests.writing import change_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page, editor):
    """A page on which the editor is logged in."""
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def open_form(desk, article):
    desk.goto(change_url(article))
    wait_until_ready(desk)


def wait_until_ready(desk):
    desk.locator(".block-buttons").first.wait_for()


def save(desk):
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save", exact=True).click()


def labels(desk):
    """The blocks' labels from top to bottom, as they are seen."""
    blocks = desk.locator(".order-machine > .inline-related:not(.empty-form)")
    in_order = sorted(blocks.all(), key=lambda block: block.bounding_box()["y"])
    return [block.locator("> h3 .inline_label").inner_text().strip() for block in in_order]


def test_a_renewal_story_is_started_written_ordered_and_saved(desk, editor):
    make_author("Edith Editor", user=editor)
    desk.get_by_role("link", name="New article").click()
    desk.get_by_label("Working headline").fill("Why it will not come back")
    desk.get_by_role("button", name=re.compile("^Renewal story")).click()
    wait_until_ready(desk)
    assert [label.split(" · ")[0] for label in labels(desk)] == [
        "Overview",
        "Decision",
        "Viewership",
        "Speculation",
        "Conclusion",
    ]
    text = desk.get_by_role("textbox", name="Text").first
    text.click()
    text.press_sequentially("Three teenagers and no cure.")
    assert labels(desk)[0] == "Overview · A brief overview · Three teenagers and no cure."
    desk.locator(".order-machine").get_by_role("button", name="Move down").first.click()
    assert labels(desk)[1].startswith("Overview")
    save(desk)
    assert [block.kind for block in Article.objects.get().blocks()][:2] == ["decision", "overview"]
    assert Section.objects.get(kind="overview").body == "<p>Three teenagers and no cure.</p>"


def test_a_block_is_inserted_anywhere_by_keyboard_alone(desk):
    article = make_article(text="")
    make_section(article, heading="First")
    make_section(article, heading="Second")
    open_form(desk, article)
    second = desk.locator(".inline-related", has=desk.locator('input[value="Second"]'))
    second.get_by_role("button", name="Insert a block here").focus()
    desk.keyboard.press("Enter")
    desk.locator(".plugin-button:focus", has_text="Section").wait_for()
    desk.get_by_role("button", name="Pull quote").focus()
    desk.keyboard.press("Enter")
    assert desk.locator(":focus").get_attribute("name").endswith("-quote")
    desk.keyboard.type("Nobody told us")
    save(desk)
    kinds = [type(block).__name__ for block in Article.objects.get().blocks()]
    assert kinds == ["Section", "PullQuote", "Section"]
    assert PullQuote.objects.get().quote == "Nobody told us"


def test_moving_a_block_by_keyboard_keeps_the_focus_and_says_where_it_went(desk):
    article = make_article(text="")
    for heading in ("First", "Second", "Third"):
        make_section(article, heading=heading)
    open_form(desk, article)
    third = desk.locator(".inline-related", has=desk.locator('input[value="Third"]'))
    up = third.get_by_role("button", name="Move up")
    up.focus()
    desk.keyboard.press("Enter")
    assert desk.get_by_role("status").filter(has_text="moved up, 2 / 3").count() == 1
    desk.keyboard.press("Enter")
    assert up.evaluate("button => button === document.activeElement")
    assert up.get_attribute("aria-disabled") == "true"
    save(desk)
    assert [block.heading for block in Article.objects.get().blocks()] == ["Third", "First", "Second"]


def test_a_block_folds_to_its_kind_heading_and_first_words(desk):
    article = make_article(text="")
    make_section(article, kind="decision", heading="No season 2", body="<p>Netflix has ended it.</p>")
    open_form(desk, article)
    fold = desk.get_by_role("button", name="Fold and unfold")
    heading = desk.get_by_role("textbox", name="Heading")
    assert heading.is_visible() and fold.get_attribute("aria-expanded") == "true"
    fold.click()
    heading.wait_for(state="hidden")
    assert fold.get_attribute("aria-expanded") == "false"
    assert labels(desk) == ["Decision · No season 2 · Netflix has ended it."]


def test_bold_text_pasted_from_word_stays_bold_and_nothing_else_of_word_stays(desk):
    article = make_article(text="")
    make_section(article, body="<p>Before.</p>")
    open_form(desk, article)
    desk.get_by_role("textbox", name="Text").click()
    desk.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true});
            document.activeElement.dispatchEvent(paste);
        }""",
        '<p class="MsoNormal"><b><span lang="EN-GB">No season 2.</span></b><o:p></o:p></p>',
    )
    save(desk)
    body = Section.objects.get().body
    assert "<strong>No season 2.</strong>" in body and "Mso" not in body and "span" not in body


def test_bylines_are_put_in_order_by_buttons(desk):
    article = make_article(authors=("Ada", "Ben"))
    open_form(desk, article)
    desk.locator("#article_authors-group").get_by_role("button", name="Move down").first.click()
    save(desk)
    assert [str(row) for row in article.article_authors.all()] == ["Ben", "Ada"]


def test_a_chosen_lead_picture_is_shown_before_it_is_saved(desk):
    article = make_article()
    make_image(caption="Harbour at night")
    open_form(desk, article)
    assert desk.locator("#lead-thumbnail").is_hidden()
    desk.locator(".field-lead_image .select2-selection").click()
    # Its answer takes the place of the list that stands there before anything is typed.
    with desk.expect_response(lambda response: "term=harbour" in response.url):
        desk.locator(".select2-container--open .select2-search__field").fill("harbour")
    desk.locator(".select2-results__option:not(.loading-results)").filter(has_text="Harbour at night").click()
    desk.locator("#lead-thumbnail").wait_for(state="visible")
    save(desk)
    assert Article.objects.get().lead_image.caption == "Harbour at night"
    wait_until_ready(desk)
    assert desk.locator("#lead-thumbnail").is_visible()


def test_a_picture_added_from_the_form_is_chosen_at_once(desk, tmp_path):
    article = make_article()
    open_form(desk, article)
    with desk.expect_popup() as opened:
        desk.locator("#add_id_lead_image").click()
    popup = opened.value
    popup.locator("#id_file").set_input_files(
        {"name": "harbour.png", "mimeType": "image/png", "buffer": picture_file().read()}
    )
    popup.get_by_label("Alternative text").fill("A harbour at night")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    desk.locator(".field-lead_image .select2-selection", has_text="A harbour at night").wait_for()
    save(desk)
    assert Article.objects.get().lead_image.alt_text == "A harbour at night"


def test_tables_links_and_lists_are_made_without_breaking_the_policy(desk):
    article = make_article(text="")
    make_section(article, body="<p>See the source</p>")
    open_form(desk, article)
    text = desk.get_by_role("textbox", name="Text")
    text.click()
    desk.keyboard.press("Control+a")
    desk.get_by_title("link", exact=False).first.click()
    desk.locator("dialog[open] input").first.fill("https://example.com/news")
    desk.locator("dialog[open]").get_by_role("button").first.click()
    text.get_by_role("link", name="See the source").wait_for()
    desk.locator("dialog[open]").wait_for(state="detached")
    text.press("Control+End")
    desk.get_by_title("table", exact=False).first.click()
    desk.locator("dialog[open]").get_by_role("button").first.click()
    save(desk)
    body = Section.objects.get().body
    assert 'href="https://example.com/news"' in body and "<table>" in body


def test_the_mark_for_the_edit_links_is_set_at_login_and_gone_after_logout(desk):
    mark = "localStorage.getItem('cliffhanger-newsroom')"
    assert desk.evaluate(mark) == "1"
    desk.get_by_role("button", name="Log out").click()
    desk.get_by_role("heading", name="Logged out").wait_for()
    assert desk.evaluate(mark) is None


def test_enter_in_the_headline_saves_and_neither_previews_nor_publishes(desk):
    article = make_article(headline="Before")
    open_form(desk, article)
    headline = desk.get_by_role("textbox", name="Headline").first
    headline.fill("After")
    with desk.expect_navigation():
        headline.press("Enter")
    assert desk.url.split("#")[0].endswith(change_url(article))
    article.refresh_from_db()
    assert article.headline == "After" and not article.is_published


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_people_with_assistive_technology(open_page, editor, scheme):
    from axe_playwright_python.sync_playwright import Axe

    article = make_article(lead_image=make_image())
    page = open_page(color_scheme=scheme)
    page.goto("/admin/")
    found = {"login": Axe().run(page).response["violations"]}
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    urls = ["/admin/", "/admin/articles/article/add/", "/admin/articles/article/", change_url(article)]
    for url in urls:
        page.goto(url)
        page.wait_for_load_state("networkidle")
        found[url] = Axe().run(page).response["violations"]
    serious = {
        (url, rule["id"], node["html"][:160])
        for url, rules in found.items()
        for rule in rules
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    }
    assert not serious, "\n".join(map(str, sorted(serious)))
