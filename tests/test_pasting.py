"""A whole article pasted from elsewhere becomes blocks, and what is left out is told."""

import pytest

from articles import pasting
from articles.pasting import Refused, kind_of, read
from tests.factories import make_article, publish_article

pytestmark = pytest.mark.django_db

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b">
<h1 dir="ltr" style="line-height:1.38"><span style="font-size:20pt;color:#000000">Why it ended</span></h1>
<p dir="ltr"><span style="font-weight:400">Three </span><span
style="font-weight:700;font-style:italic">teenagers
</span><span> and no <a href="https://www.google.com/url?q=https://example.com/a&amp;sa=D">cure</a>.</span></p><br>
<h2><span>A brief overview</span></h2>
<ul><li dir="ltr" style="list-style-type:disc" aria-level="1"><p role="presentation"><span>One</span></p></li>
<li><p><span style="color:#ff0000">Two</span></p></li></ul>
<p><span><span style="border:none"><img src="https://lh3.example/x"/></span></span></p>
<div><table style="border:none"><colgroup><col/></colgroup><tbody><tr><td style="background-color:#ffff00"><p>
<span>Week</span></p></td></tr></tbody></table></div></b><br class="Apple-interchange-newline">"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0} -->
</style><!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head><body lang=EN-GB><!--StartFragment-->
<p class=MsoTitle>Working title<o:p></o:p></p>
<h2>Will there be a season 2?<o:p></o:p></h2>
<p class=MsoNormal>No. <b><span style='mso-bidi-font-weight:normal'>Netflix</span></b> has <u>ended</u>
it.<o:p>&nbsp;</o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'><span style='mso-list:Ignore'>\u00b7<span
style='font:7.0pt "Times"'>&nbsp;&nbsp; </span>
</span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>\u00b7<span>&nbsp;
</span></span>Second</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span> </span></span>Numbered
</p><!--EndFragment--></body></html>"""

WORDPRESS = """<!-- wp:heading --><h2 class="wp-block-heading">Reception</h2><!-- /wp:heading -->
<p>Good <em>and</em> bad.</p><figure class="wp-block-image"><img src="x.jpg" alt=""/></figure>
<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=dQw4w9WgXcQ
</div></figure><p>After.</p><iframe src="//player.vimeo.com/video/76979871"></iframe>
<iframe src="https://elsewhere.example/"></iframe><hr><h4>Lower</h4><p>End.</p>"""


def shown(paste):
    return [
        (block.get("kind", "embed"), block.get("heading"), block.get("html", block.get("url")))
        for block in paste.blocks
    ]


def test_google_docs():
    paste = read(GOOGLE_DOCS)
    assert paste.headline == "Why it ended"
    link = '<a href="https://example.com/a">cure</a>'
    assert shown(paste) == [
        ("other", "", f"<p>Three <strong><em>teenagers </em></strong> and no {link}.</p>"),
        (
            "overview",
            "A brief overview",
            "<ul><li><p>One</p></li><li><p>Two</p></li></ul>"
            "<table><tbody><tr><td><p>Week</p></td></tr></tbody></table>",
        ),
    ]
    assert paste.left_out == ["1 picture", "1 style", "the colours of 1 table"]


def test_word():
    paste = read(WORD)
    assert paste.headline == "Working title"
    assert shown(paste) == [
        (
            "decision",
            "Will there be a season 2?",
            "<p>No. <strong>Netflix</strong> has ended it.</p>"
            "<ul><li>First</li><li>Second</li></ul><ol><li>Numbered</li></ol>",
        )
    ]
    assert paste.left_out == ["1 style"]


def test_wordpress_whose_videos_become_embeds():
    paste = read(WORDPRESS)
    assert shown(paste) == [
        ("reception", "Reception", "<p>Good <em>and</em> bad.</p>"),
        ("embed", None, "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("reception", "", "<p>After.</p>"),
        ("embed", None, "https://player.vimeo.com/video/76979871"),
        ("reception", "", "<h3>Lower</h3><p>End.</p>"),
    ]
    assert paste.left_out == ["1 picture", "1 frame from elsewhere", "1 dividing line"]


def test_plain_text_with_the_marks_that_people_type():
    paste = read(text="# Head\n\nFirst\nline.\n\n## Cast\n- Ada\n- Ben & <b>\n\nhttps://youtu.be/dQw4w9WgXcQ")
    assert paste.headline == "Head"
    assert shown(paste) == [
        ("other", "", "<p>First line.</p>"),
        ("cast", "Cast", "<ul><li>Ada</li><li>Ben &amp; &lt;b&gt;</li></ul>"),
        ("embed", None, "https://youtu.be/dQw4w9WgXcQ"),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("A Brief Overview", "overview"),
        ("Is The Imperfects renewed or cancelled?", "decision"),
        ("How many people watched it", "viewership"),
        ("Viewership", "viewership"),
        ("What could season 2 be about?", "speculation"),
        ("What critics said", "reception"),
        ("Who plays Dr. Burke", "cast"),
        ("The story so far", "background"),
        ("Conclusion", "conclusion"),
        ("Something else", "other"),
        ("", "other"),
    ],
)
def test_the_kind_of_a_section_is_guessed_from_its_heading(heading, kind):
    assert kind_of(heading) == kind


def test_hostile_html_leaves_nothing_but_its_words():
    paste = read(
        '<h2 onclick="x()">Head<script>alert(1)</script></h2><p onmouseover="x()">Text '
        '<a href="javascript:alert(1)">press</a> <a href="file:///c:/x">here</a></p>'
        "<img src=x onerror=alert(1)>"
        "<svg><script>alert(2)</script></svg><style>p{}</style><math><mtext>m</mtext></math>"
        '<object data="x"></object><form action="/x"><input name="y"><button>Go</button></form>'
        '<table><tr><td colspan="9999" rowspan="2">Cell</td></tr></table><template><p>t</p></template>'
    )
    assert shown(paste) == [
        (
            "other",
            "Head",
            '<p>Text press here</p><table><tbody><tr><td rowspan="2">Cell</td></tr></tbody></table>',
        )
    ]
    assert set(paste.left_out) >= {"2 pictures", "2 scripts", "2 links that lead nowhere", "2 form fields"}


def test_links_to_our_own_articles_are_kept_by_id():
    article = publish_article(slug="one")
    (block,) = read('<p><a href="http://127.0.0.1:8000/articles/one/">one</a></p>').blocks
    assert block["html"] == f'<p><a href="/-/article/{article.pk}/">one</a></p>'


def test_a_heading_that_is_too_long_is_kept_in_the_text():
    long = "word " * 60
    paste = read(f"<p>Before</p><h2>{long}</h2><p>Text</p>")
    assert [block["heading"] for block in paste.blocks] == ["", ""]
    assert paste.blocks[1]["html"] == f"<h3>{long.strip()}</h3><p>Text</p>"
    assert "more than 150 characters" in paste.notes[0]


def test_a_heading_without_a_text_is_a_section_of_its_own():
    assert shown(read("<h2>One</h2><h2> </h2><h2>Cast</h2><p>Ada</p>")) == [
        ("other", "One", ""),
        ("cast", "Cast", "<p>Ada</p>"),
    ]


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("", "no text"),
        ("<p>&nbsp;</p><img src=x>", "no text"),
        ("a" * 1_000_001, "million characters"),
        ("<h2>One</h2><p>Two</p>" * 81, "81 blocks"),
        ("<b>" * 60_001, "too much"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(html, sentence):
    with pytest.raises(Refused, match=sentence):
        read(html)


def address(article):
    return f"/admin/articles/article/{article.pk}/paste/"


def test_the_page_answers_blocks_and_saves_nothing(writer, at_desk):
    article = make_article(owner=writer)
    answer = at_desk(writer).post(address(article), {"html": WORDPRESS}).json()
    assert [block["type"] for block in answer["blocks"]] == ["section", "embed"] * 2 + ["section"]
    assert answer["left_out"][0] == "1 picture" and answer["words"] > 4
    assert article.articles_section_set.count() == 1 and not article.articles_embed_set.exists()


def test_the_page_refuses_in_a_sentence_and_bears_forged_input(editor, at_desk, monkeypatch):
    monkeypatch.setattr(pasting, "LONGEST", 100)
    desk, article = at_desk(editor), make_article()
    for data in ({}, {"html": ""}, {"html": "\0"}, {"html": "a" * 200}, {"text": ["", ""]}):
        response = desk.post(address(article), data)
        assert response.status_code == 422 and response.json()["error"].endswith((".", "parts."))
    assert desk.get(address(article)).status_code == 405


def test_only_whoever_may_write_the_article_may_paste_into_it(client, writer, moderator, at_desk):
    article = make_article(owner=writer)
    assert client.post(address(article), {"text": "x"}).status_code == 302
    assert at_desk(moderator).post(address(article), {"text": "x"}).status_code == 403
    assert at_desk(writer).post(address(make_article()), {"text": "x"}).status_code in (403, 404)
