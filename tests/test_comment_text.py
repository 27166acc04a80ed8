"""Readers' text as HTML, and which websites become links."""

import json
import re
import time
import unicodedata
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comments.text import body_html, is_visible, one_line, tidied, without_spoilers
from comments.websites import clean_website, is_plain_website

from .shared_data import SHARED_DATA, needs_shared_data

SPOILER_TAGS = ("div>", "/div>", "details ", "/details>", "summary>", "/summary>", "span>", "/span>")
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


def hidden(html):
    return f'<details class="spoiler"><summary>Spoiler</summary>{html}</details>'


@pytest.mark.parametrize(
    ("text", "html", "mailed"),
    [
        ("He ||dies||.", f"<div>He {hidden('<span>dies</span>')}.</div>", "He [spoiler]."),
        ("||a|| b ||c||", None, "[spoiler] b [spoiler]"),
        ("x ||one\n\ntwo|| y", f"<p>x </p>{hidden('<p>one</p><p>two</p>')}<p> y</p>", "x [spoiler] y"),
        ("||<b>||", f"<div>{hidden('<span>&lt;b&gt;</span>')}</div>", "[spoiler]"),
        # Unbalanced, around nothing, or not two: as typed.
        ("a || b", "<p>a || b</p>", "a || b"),
        ("||a|| b || c", f"<div>{hidden('<span>a</span>')} b || c</div>", "[spoiler] b || c"),
        ("|| || and ||||", "<p>|| || and ||||</p>", "|| || and ||||"),
        ("a|||b|||", "<p>a|||b|||</p>", "a|||b|||"),
        # Bars of an address belong to it.
        ("https://a.example/?b||c ||d", None, "https://a.example/?b||c ||d"),
        ("||https://a.example/b||, he", None, "[spoiler], he"),
        ("||see https://a.example/b.||", None, "[spoiler]"),
    ],
)
def test_text_between_two_pairs_of_bars_is_hidden_behind_a_press(text, html, mailed):
    if html:
        assert body_html(text) == html
    assert without_spoilers(text) == mailed
    assert body_html(text).count("<details") == mailed.count("[spoiler]")


def test_a_hidden_link_is_a_link_and_a_whole_comment_may_be_hidden():
    assert f'<a href="https://a.example/b" {REL}>https://a.example/b</a></span></details>, he' in body_html(
        "||https://a.example/b||, he"
    )
    assert body_html("All of it.", is_spoiler=True) == hidden("<p>All of it.</p>")


PIECES = [*"|a \n<&'\"h/", "||", "||", "https://a", "\n\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_html_of_any_text_with_bars_is_well_formed_and_has_all_of_it(text):
    html = body_html(text)
    tree = ElementTree.fromstring(f"<x>{html.replace('<br>', '<br/>')}</x>")  # noqa: S314
    for misplaced in (".//p//details", ".//p//div", ".//p//p", ".//span//p"):
        assert not tree.findall(misplaced)
    visible = re.sub(r"\s", "", "".join(tree.itertext()).replace("Spoiler", ""))
    typed = re.sub(r"\s", "", text)
    assert visible.replace("||", "").replace("|", "") == typed.replace("|", "")
    assert html.count("<details") == without_spoilers(text).count("[spoiler]")


def test_a_link_cannot_break_out_of_its_attribute():
    html = body_html("https://a.example/\"onmouseover='alert(1)'<b>")
    assert "<b>" not in html and '"onmouse' not in html
    assert html.count("<a ") == 1


def test_hostile_text_of_full_length_is_turned_into_html_quickly():
    # A quadratic pattern would take minutes here and fail by the suite's patience.
    pieces = [
        "https://" + "(" * 500,
        "https://a.example/&;",
        "\n \n",
        "((((http://a",
        "|",
        "||",
        "|| ",
        "||a||",
    ]
    for piece in [*pieces, "||a\n\n||", "http://a||b ", "||http://a||", "http://a||.|| "]:
        body_html(piece * (65_525 // len(piece)))
        without_spoilers(piece * (65_525 // len(piece)))
    body_html("https://" + "||" * 32_000)


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
            assert tag.startswith(("p>", "/p>", "br>", "/a>", 'a href="http', *SPOILER_TAGS)), text


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
