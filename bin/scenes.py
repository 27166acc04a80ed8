"""What must happen before a picture of the newsroom can be taken: typing, waiting, two people at once.

Each scene takes the Desk of `screenshots.py`, a width and a colour scheme, and gives the page to show.
"""

FORM = "/admin/articles/article/6/change/"
ANOTHER_FORM = "/admin/articles/article/4/change/"


def open_form(page, address):
    page.goto(address, wait_until="networkidle")
    page.locator(".block-buttons").first.wait_for()
    return page


def checks(desk, width, scheme):
    """A false sentence at the end of the viewership section, and what the checks say of it."""
    page = open_form(desk.page(width, scheme, "editor"), FORM)
    section = page.locator(".inline-related", has=page.locator("input[value='Viewership performance']"))
    text = section.get_by_role("textbox", name="Text")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" It fell out of the top 10 in week three.")
    page.get_by_text("Netflix Top 10, week ending").first.wait_for()
    text.evaluate("area => area.scrollIntoView({block: 'center'})")
    return page


def beside(desk, width, scheme):
    """The preview beside the text."""
    page = open_form(desk.page(width, scheme, "editor"), FORM)
    page.get_by_role("button", name="Preview beside the text").click()
    page.locator(".preview-stage iframe:not(.is-coming)").wait_for()
    page.wait_for_load_state("networkidle")
    return page


def conflict(desk, width, scheme):
    """Two people changed one headline; the second presses Save."""
    first = open_form(desk.page(width, scheme, "admin"), ANOTHER_FORM)
    second = open_form(desk.page(width, scheme, "editor"), ANOTHER_FORM)
    for page, words in ((first, "early"), (second, "late")):
        headline = page.locator("#id_headline")
        headline.fill(f"{headline.input_value()}, {words}")
        with page.expect_navigation():
            page.get_by_role("button", name="Save", exact=True).click()
    return second


def decision(desk, width, scheme):
    """The screen that records a decision, filled in; and its record, for the scene after it."""
    page = desk.page(width, scheme, "editor")
    page.goto("/admin/shows/decision/add/?show=1", wait_until="networkidle")
    page.locator("input[name=outcome][value=revived]").check()
    page.get_by_role("button", name="Today").first.click()
    page.locator("#id_source_name").fill("The network")
    page.locator("#id_source_url").fill("https://press.example/revived/")
    page.locator(".decision-told").wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    return page


def stale(desk, width, scheme):
    """The front page after a decision that a live article does not know of."""
    page = decision(desk, width, scheme)
    with page.expect_navigation():
        page.get_by_role("button", name="Record it").click()
    page.goto("/admin/", wait_until="networkidle")
    return page


def picture(desk, width, scheme):
    """A picture with its focal point and its uses."""
    page = desk.page(width, scheme, "editor")
    page.goto("/admin/articles/image/1/change/", wait_until="networkidle")
    return page


NEWSROOM = (checks, beside, conflict, decision, stale, picture)
