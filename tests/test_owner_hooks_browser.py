"""The guide's examples in a real browser: statistics and a newsletter, each allowed by one setting."""

from copy import deepcopy
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from playwright.sync_api import expect

from config.policies import csp_extra, with_extra
from tests.factories import make_publication, publish_article

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "https://plausible.example.org"
HEAD = f'<script defer data-domain="news.example.org" src="{HOST}/js/script.js"></script>'
SCRIPT = f'fetch("{HOST}/api/event", {{method: "POST", mode: "no-cors", body: location.href}});'
COUNTER = "https://matomo.example.org/matomo.php?idsite=1&rec=1&url="
# Browsers tell another host no path, so the picture's address has it.
MATOMO = (
    '{% load articles %}{% site_address request.path as address %}{% if slot == "top" %}'
    f'<img src="{COUNTER}{{{{ address|urlencode:"" }}}}" alt="" width="1" height="1">{{% endif %}}'
)
FORM = '{% include "_newsletter_form.html" with action="https://letters.example.org/add" field="EMAIL" %}'


@pytest.fixture
def owner(settings, tmp_path):
    """A function that gives the site an owner's templates and additions to the policy."""

    def owner(extra, **templates):
        for name, text in templates.items():
            (tmp_path / f"{name}.html").write_text(text)
        changed = deepcopy(site.TEMPLATES)
        changed[0]["DIRS"] = [tmp_path, *changed[0]["DIRS"]]
        settings.TEMPLATES, settings.OWN_TEMPLATES = changed, tmp_path
        settings.SECURE_CSP = with_extra(site.SECURE_CSP, csp_extra(extra))
        make_publication()
        return publish_article(headline="One season and out")

    return owner


@pytest.fixture
def elsewhere(page):
    """What the page asks of other hosts; they answer with a script or an empty page."""
    asked = []

    def answer(route):
        request = route.request
        asked.append((request.method, request.url, request.post_data))
        is_script = request.url.endswith(".js")
        route.fulfill(
            body=SCRIPT if is_script else "Thank you",
            content_type="text/javascript" if is_script else "text/html",
        )

    page.route("https://*.example.org/**", answer)
    return asked


def test_statistics_with_plausible_are_two_hosts_in_one_setting(owner, page, elsewhere):
    owner(f"script-src {HOST}; connect-src {HOST}", _head_extra=HEAD)
    with page.expect_request(f"{HOST}/api/event"):
        page.goto("/")
    expect(page.get_by_role("link", name="One season and out")).to_be_visible()
    assert [url for _method, url, _body in elsewhere] == [f"{HOST}/js/script.js", f"{HOST}/api/event"]
    assert elsewhere[1][2].endswith("/")


def test_without_the_setting_the_browser_refuses_the_script(owner, page, elsewhere, page_problems):
    page_problems.allow("Content Security Policy", "securitypolicyviolation", "csp")
    owner("", _head_extra=HEAD)
    page.goto("/")
    expect(page.get_by_role("link", name="One season and out")).to_be_visible()
    assert elsewhere == []


def test_a_counter_of_matomo_is_a_picture_and_needs_no_script(owner, page, elsewhere):
    article = owner("img-src https://matomo.example.org", _ad_slot=MATOMO)
    counted = COUNTER + quote(f"{site.SITE_URL}{article.get_absolute_url()}", safe="")
    with page.expect_request(counted):
        page.goto(f"{article.get_absolute_url()}?private=words")
    assert [url for _method, url, _body in elsewhere] == [counted]


def test_a_newsletter_form_posts_to_the_host_that_the_setting_names(owner, page, elsewhere):
    article = owner("form-action https://letters.example.org", _newsletter=FORM)
    page.goto(article.get_absolute_url())
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [rule["id"] for rule in found] == []
    newsletter = page.get_by_role("region", name="Newsletter")
    newsletter.get_by_label("Your email address").fill("mara@reader.example")
    newsletter.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_text("Thank you")).to_be_visible()
    assert elsewhere == [("POST", "https://letters.example.org/add", "EMAIL=mara%40reader.example")]
