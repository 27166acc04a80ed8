"""The picture library in a real browser: drop, paste and progress, the focal point, replacing, a takedown."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Image, Takedown
from pictures.renditions import renditions_of
from tests.conftest import PASSWORD
from tests.factories import make_article, make_image, picture_file, publish_article
from tests.writing import change_url

pytestmark = pytest.mark.django_db(transaction=True)
LIBRARY = "/admin/articles/image/"
# Files as they come out of a folder or a clipboard: [[name, base64], …].
TRANSFER = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: "image/png" }));
  }
  return transfer;
}"""


def coded(name, colour, size=(400, 200)):
    return [name, base64.b64encode(picture_file(size=size, colour=colour).read()).decode()]


def log_in(page, person, path):
    page.goto(f"/admin/login/?next={path}")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{path}")


def serious(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (rule["id"], [node["html"][:200] for node in rule["nodes"]])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def drop(page, files):
    transfer = page.evaluate_handle(TRANSFER, files)
    page.dispatch_event("#content", "dragover", {"dataTransfer": transfer})
    expect(page.locator("body.is-dropping")).to_be_attached()
    page.dispatch_event("#content", "drop", {"dataTransfer": transfer})


def test_two_dropped_files_are_uploaded_with_their_progress_and_then_described(page, editor):
    log_in(page, editor, LIBRARY)
    drop(page, [coded("pier.png", "#113355"), coded("lake.png", "#553311")])
    expect(page.get_by_role("heading", name="Describe what you uploaded")).to_be_visible()
    assert serious(page) == []
    fields = page.get_by_label("Alternative text")
    fields.nth(0).fill("A pier")
    fields.nth(1).fill("A lake")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_role("link", name="A pier")).to_be_visible()
    assert set(Image.objects.values_list("alt_text", flat=True)) == {"A pier", "A lake"}
    assert serious(page) == []


def test_what_is_refused_stays_to_be_read_beside_what_was_added(page, editor, page_problems):
    page_problems.allow("400 (Bad Request)")
    log_in(page, editor, LIBRARY)
    drop(page, [["notes.png", base64.b64encode(b"no picture").decode()], coded("lake.png", "#553311")])
    expect(page.get_by_text("This file is not a picture that can be read here")).to_be_visible()
    expect(page.get_by_role("progressbar", name="lake.png")).to_have_attribute("value", "1")
    page.get_by_role("link", name="Describe what was added").click()
    expect(page.get_by_label("Alternative text")).to_have_count(1)


def test_a_pasted_picture_is_uploaded(page, editor):
    log_in(page, editor, LIBRARY)
    transfer = page.evaluate_handle(TRANSFER, [coded("image.png", "#335511")])
    page.evaluate(
        "(data) => document.body.dispatchEvent(new ClipboardEvent('paste', "
        "{clipboardData: data, bubbles: true, cancelable: true}))",
        transfer,
    )
    expect(page.get_by_label("Alternative text")).to_have_count(1)
    assert Image.objects.get().uploaded_by == editor


def test_the_focal_point_is_set_by_a_press_by_arrow_keys_and_by_numbers(page, editor):
    image = make_image(file=picture_file(size=(800, 400)))
    address = f"{LIBRARY}{image.pk}/change/"
    log_in(page, editor, address)
    picture = page.locator(".focus-picture img")
    frame = picture.bounding_box()
    picture.click(position={"x": frame["width"] * 0.8, "y": frame["height"] * 0.25})
    across, down = page.locator("#id_focal_x"), page.locator("#id_focal_y")
    expect(across).to_have_value("80")
    expect(down).to_have_value("25")
    # 800 by 400 fills a square of 90 as 180 by 90: 80 % of the 90 that are cut away lie at the left.
    square = page.get_by_role("img", name="Cropped to 1:1").locator("image")
    expect(square).to_have_attribute("x", "-72")
    mark = page.get_by_role("button", name="Focal point: 80 % from the left")
    mark.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    expect(across).to_have_value("79")
    expect(down).to_have_value("35")
    across.fill("10")
    expect(square).to_have_attribute("x", "-9")
    assert serious(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{LIBRARY}")
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (10, 35)


def test_a_picture_is_replaced_everywhere_after_its_places_were_shown(page, editor, tmp_path):
    old = make_image(alt_text="The old pier")
    article = publish_article(headline="The pier story", lead_image=old)
    file = tmp_path / "new.png"
    file.write_bytes(picture_file(size=(300, 200), colour="#abcdef").read())
    log_in(page, editor, f"{LIBRARY}{old.pk}/change/")
    page.get_by_role("link", name="Replace everywhere").click()
    page.get_by_label("New picture").set_input_files(file)
    page.get_by_label("Alternative text").fill("The new pier")
    assert serious(page) == []
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The pier story: the draft, and what readers see now")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Replace everywhere").click()
    expect(page.get_by_text("Version 2 shows it to readers.")).to_be_visible()
    page.goto(article.get_absolute_url())
    expect(page.get_by_role("img", name="The new pier")).to_be_visible()


def test_a_picture_dropped_on_the_lead_pictures_field_is_added_and_chosen(page, editor):
    article = make_article(headline="The lake story")
    log_in(page, editor, change_url(article))
    transfer = page.evaluate_handle(TRANSFER, [coded("lake.png", "#553311")])
    page.dispatch_event(".field-lead_image", "dragover", {"dataTransfer": transfer})
    expect(page.locator(".field-lead_image.is-dropping-here")).to_be_attached()
    page.dispatch_event(".field-lead_image", "drop", {"dataTransfer": transfer})
    expect(page.get_by_role("link", name="Say what it shows")).to_be_visible()
    expect(page.locator("#lead-thumbnail")).to_be_visible()
    image = Image.objects.get()
    expect(page.locator("#id_lead_image")).to_have_value(str(image.pk))
    assert (
        page.get_by_role("link", name="Say what it shows")
        .get_attribute("href")
        .endswith(f"/{image.pk}/change/")
    )
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    article.refresh_from_db()
    assert article.lead_image == image


def test_a_picture_taken_down_is_gone_with_its_files(page, administrator):
    image = make_image(alt_text="A private garden")
    storage, files = image.file.storage, [image.file.name, *renditions_of(image.file)]
    article = publish_article(headline="The garden story", lead_image=image)
    log_in(page, administrator, f"{LIBRARY}{image.pk}/change/")
    page.get_by_role("link", name="Take down").click()
    expect(page.get_by_text("The garden story: draft (lead picture); version 1, live now")).to_be_visible()
    assert serious(page) == []
    page.get_by_label("The claim").fill("The owner, file 12/7")
    page.get_by_label("picture's number").fill(str(image.pk))
    page.get_by_role("button", name="Take it down").click()
    expect(page.get_by_text("the picture and its files are gone")).to_be_visible()
    assert Takedown.objects.get().done_by == administrator
    assert not [name for name in files if storage.exists(name)]
    page.goto(article.get_absolute_url())
    expect(page.get_by_role("heading", name="The garden story")).to_be_visible()
    expect(page.get_by_role("img", name="A private garden")).to_have_count(0)
