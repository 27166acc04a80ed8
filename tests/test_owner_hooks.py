"""What owners add: templates and ads.txt of their folder, hosts in the readers' policy; nothing else."""

from copy import deepcopy

import pytest
from django.conf import settings as site
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils.csp import build_policy

from comments.models import Comment
from config.environment import WrongValue
from config.policies import NEWSROOM_CSP, csp_extra, with_extra
from tests.factories import make_publication, publish_article
from tests.factories_comments import post_comment
from tests.reading import read

pytestmark = pytest.mark.django_db

HEAD = '<script defer data-domain="news.example.org" src="https://plausible.example/js/script.js"></script>'
SLOT = '<aside aria-label="Advertisement" class="slot-{{ slot }}">Buy soap</aside>'
ACTION = "https://letters.example/add"
FORM = f'{{% include "_newsletter_form.html" with action="{ACTION}" field="EMAIL" note="On Fridays." %}}'


@pytest.fixture
def own(settings, tmp_path):
    """A function that puts files into the owner's folder, which goes before the site's templates."""
    templates = deepcopy(site.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path, *templates[0]["DIRS"]]
    settings.OWN_TEMPLATES = tmp_path
    settings.TEMPLATES = templates

    def own(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.html").write_text(text)
        return tmp_path

    return own


@pytest.fixture
def article():
    make_publication()
    return publish_article(headline="One season and out")


def test_by_default_the_hooks_add_nothing_to_a_page(article):
    for address in ("/", article.get_absolute_url(), "/shows/"):
        page = read(address)
        assert "newsletter" not in page and "Advertisement" not in page and "OWN_TEMPLATES" not in page
        assert "</head>" in page and page.count("<script") <= 3


def test_templates_of_the_owner_stand_where_they_belong(article, own):
    own(_head_extra=HEAD, _ad_slot=SLOT, _newsletter=FORM)
    page = read(article.get_absolute_url())
    assert HEAD in page.partition("</head>")[0]
    assert (
        page.index("slot-top")
        < page.index("<main")
        < page.index("slot-article")
        < page.index('id="comments"')
    )
    assert page.index("</main>") < page.index('action="https://letters.example/add"') < page.index("<footer")
    assert 'name="EMAIL"' in page and "On Fridays." in page
    front = read("/")
    assert front.index("slot-top") < front.index("One season and out") < front.index("slot-front")
    assert HEAD in read("/shows/") and HEAD in read("/search/?q=season")


def test_a_page_with_a_secret_in_its_address_is_shown_to_no_foreign_script(article, own, at_desk, editor):
    own(_head_extra=HEAD, _ad_slot=SLOT, _newsletter=FORM)
    client = Client()
    held = client.get(post_comment(client, article).url)
    assert held.status_code == 200 and "awaiting moderation" in held.content.decode()
    desk = at_desk(editor)
    secret = [
        held,
        client.get(reverse("comments:own", args=[article.slug, "no-such-token"])),
        client.get("/preview/no-such-token/"),
        client.get("/nothing/"),
        desk.get("/admin/"),
        desk.get(reverse("admin:articles_article_preview", args=[article.pk])),
    ]
    for response in secret:
        page = response.content.decode()
        assert "plausible" not in page and "soap" not in page and "letters.example" not in page
    assert Comment.objects.count() == 1


def test_a_fault_in_the_owners_template_leaves_the_error_pages_whole(article, own):
    own(_head_extra="{{ 1|divisibleby:0 }}")
    client = Client(raise_request_exception=False)
    assert client.get("/").status_code == 500
    assert "There is no page at this address." in read("/nothing/", status=404)


def test_a_slip_in_the_owners_template_is_told_before_the_site_starts(own):
    own(_head_extra="{% if %}", _ad_slot='<div style="width: 100%">', _newsletter=FORM)
    told = {problem.id: problem.msg for problem in run_checks(tags=["templates"])}
    assert "_head_extra.html cannot be used" in told["operations.E002"]
    assert "_ad_slot.html has an inline script or style" in told["operations.W003"]
    assert "_newsletter" not in " ".join(told.values())


@pytest.mark.parametrize("text", [HEAD, SLOT, FORM, '<link rel="me" href="https://a.example/one=two">'])
def test_what_browsers_obey_is_not_warned_of(own, text):
    own(_head_extra=text)
    assert run_checks(tags=["templates"]) == []


def test_an_inline_script_is_fine_once_its_hash_is_in_the_policy(own, settings):
    own(_head_extra="<script>var _paq = [];</script>")
    assert [problem.id for problem in run_checks(tags=["templates"])] == ["operations.W003"]
    settings.SECURE_CSP = with_extra(site.SECURE_CSP, csp_extra(f"script-src 'sha256-{'A' * 43}='"))
    assert run_checks(tags=["templates"]) == []


def test_the_owners_hosts_are_added_for_readers_and_not_for_the_newsroom(article, settings):
    extra = csp_extra("script-src https://plausible.example; form-action https://*.letters.example:8443/add;")
    settings.SECURE_CSP = with_extra(site.SECURE_CSP, extra)
    policy = Client().get("/")["Content-Security-Policy"]
    assert "script-src 'self' https://plausible.example;" in policy
    assert "form-action 'self' https://*.letters.example:8443/add;" in policy
    newsroom = Client().get("/admin/login/")["Content-Security-Policy"]
    assert "plausible" not in newsroom and "letters" not in newsroom
    assert "plausible" not in build_policy(NEWSROOM_CSP, nonce="n")


def test_directives_are_added_up_also_where_one_stands_twice_or_was_not_there():
    extra = csp_extra(
        "img-src https://a.example https://b.example; img-src https://c.example;; media-src https://d.example"
    )
    policy = with_extra({"img-src": ["'self'"], "default-src": ["'none'"]}, extra)
    assert policy == {
        "img-src": ["'self'", "https://a.example", "https://b.example", "https://c.example"],
        "default-src": ["'none'"],
        "media-src": ["https://d.example"],
    }
    assert csp_extra("") == csp_extra(" ; ") == {}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("script-src 'unsafe-inline'", "must not hold 'unsafe-inline'"),
        ("script-src 'unsafe-eval'", "must not hold 'unsafe-eval'"),
        ("script-src 'strict-dynamic'", "must not hold 'strict-dynamic'"),
        ("script-src 'nonce-abc'", "must not hold 'nonce-abc'"),
        ("style-src 'UNSAFE-INLINE'", "must not hold"),
        ("default-src https://a.example", "“default-src” is no directive to add to"),
        ("frame-ancestors https://a.example", "is no directive to add to"),
        ("base-uri https://a.example", "is no directive to add to"),
        ("Script-Src https://a.example", "is no directive to add to"),
        ("script-src", "script-src has no sources"),
        ("script-src *", "cannot take “*”"),
        ("script-src https:", "cannot take “https:”"),
        ("script-src https://*", "cannot take"),
        ("script-src https://*.example", "cannot take"),
        ("script-src http://a.example", "cannot take"),
        ("script-src a.example", "cannot take"),
        ("script-src data:", "cannot take"),
        ("script-src wss://a.example", "cannot take"),
        ("script-src https://a.example,https://b.example", "cannot take"),
        ("script-src https://a.example/x?y", "cannot take"),
        (f"img-src 'sha256-{'A' * 43}='", "img-src takes no hashes"),
        ("script-src 'sha256-short'", "must not hold"),
    ],
)
def test_what_would_open_the_policy_to_anybody_is_refused_with_a_reason(value, why):
    with pytest.raises(WrongValue) as refused:
        csp_extra(value)
    assert why in refused.value.args[0]


def test_ads_txt_is_the_owners_file_as_it_is(own, client):
    folder = own()
    assert client.get("/ads.txt").status_code == 404
    lines = b"# us\r\nexample.com, pub-1, DIRECT, {{ f08c }}\n"
    (folder / "ads.txt").write_bytes(lines)
    response = client.get("/ads.txt")
    assert (response.content, response["Content-Type"]) == (lines, "text/plain; charset=utf-8")
    assert response["Cache-Control"] == "max-age=3600"


def test_there_is_no_ads_txt_without_a_folder(client):
    assert client.get("/ads.txt").status_code == 404
