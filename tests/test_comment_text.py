"""Readers' text as HTML, and which websites become links."""

import json
import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comments.text import body_html, is_visible, one_line, tidied
from comments.websites import clean_website, is_plain_website

from .shared_data import SHARED_DATA, needs_shared_data

REL = 'rel="ugc nofollow noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\nTwo.\n\n\nThree.", "<p>One.<br>Two.</p><p>Three.</p>"),
        ("a < b & \"c\" 'd'", "<p>a &lt; b &amp; &quot;c&quot; &#x27;d&#x27;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("See https://a.example/b?c=1&d=2.", None),
        ("Write to me@a.example or www.a.example", "<p>Write to me@a.example or www.a.example</p>"),
        ("javascript://a.example/%0aalert(1)", "<p>javascript://a.example/%0aalert(1)</p>"),
        ("ftp://a.example", "<p>ftp://a.example</p>"),
        ("https://bank.example@evil.example/", "<p>https://bank.example@evil.example/</p>"),
        ("https://evil.example\\@bank.example/", "<p>https://evil.example\\@bank.example/</p>"),
    ],
)
def test_text_becomes_paragraphs_with_everything_escaped(text, html):
    expected = html or (
        f'<p>See <a href="https://a.example/b?c=1&amp;d=2" {REL}>https://a.example/b?c=1&amp;d=2</a>.</p>'
    )
    assert body_html(text) == expected


def test_a_link_cannot_break_out_of_its_attribute():
    html = body_html("https://a.example/\"onmouseover='alert(1)'<b>")
    assert "<b>" not in html and '"onmouse' not in html
    assert html.count("<a ") == 1


def test_hostile_text_of_full_length_is_turned_into_html_quickly():
    # A quadratic pattern would take minutes here and fail by the suite's patience.
    for piece in ("https://" + "(" * 500, "https://a.example/&;", "\n \n", "((((http://a"):
        body_html(piece * (65_525 // len(piece)))


@needs_shared_data
def test_known_payloads_stay_text():
    payloads = [
        text
        for name in ("owasp-xss-payloads.json", "naughty-strings.json")
        for text in json.loads((SHARED_DATA / "hostile" / name).read_text())
        if isinstance(text, str)
    ]
    assert len(payloads) > 200
    for text in payloads:
        html = body_html(tidied(text))
        for tag in html.split("<")[1:]:
            assert tag.startswith(("p>", "/p>", "br>", "/a>", 'a href="http')), text


def test_tidying_composes_letters_and_drops_controls():
    assert tidied(" e\u0301\x00\r\nb\x1b[0m\u2028c\ud800 ") == "é\nb[0m\u2028c"
    assert one_line("a \n b\tc") == "a b c"
    assert tidied("👩\u200d🚀") == "👩\u200d🚀"


def test_what_can_be_seen():
    assert is_visible("…") and is_visible("字") and is_visible("👍")
    assert not is_visible("\u200b \u2800".replace("\u2800", "")) and not is_visible("")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("example.org", "https://example.org"),
        ("example.org:8080/a?b#c", "https://example.org:8080/a?b#c"),
        ("http://www.example.org/~me/", "http://www.example.org/~me/"),
        ("https://bücher.example/", "https://bücher.example/"),
    ],
)
def test_plain_websites_are_taken(typed, stored):
    assert clean_website(typed) == stored


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//evil.example",
        "http://user:pw@evil.example",
        "http://user@evil.example",
        "user:pw@evil.example",
        "me@evil.example",
        "https://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://example.org:port/",
        "http://exa mple.org",
        "http://example.org/\\evil",
        'http://example.org/"onclick=',
        "http://example.org/<b>",
        "http://exam\u202eple.org/",
        "http://-a.example",
        "http://",
        "https:///a",
        "/a",
        "words",
    ],
)
def test_other_websites_are_refused_and_never_become_links(address):
    with pytest.raises(ValidationError):
        clean_website(address)
    assert not is_plain_website(address)


@pytest.mark.parametrize("marks", ["\u0300\u0316", "\u0345\u0300", "\u0f73", "\u0344\u0316"])
def test_marks_without_end_are_put_in_order_without_holding_up_other_readers(marks):
    started = time.process_time()
    tidied("a" + marks * 60_000)
    assert time.process_time() - started < 2  # in the square of their number it takes half a minute


@given(
    st.text(
        st.sampled_from("ae\u0300\u0316\u0345\u0344\u0f71\u0f72\u0f73\u1100\u1161\u11a8\uac00\u00c5\u212b ")
    )
)
def test_text_is_stored_in_nfc(text):
    assert tidied(text) == unicodedata.normalize("NFC", text).strip()
