"""What stands elsewhere and is shown in an article: videos behind a press, posts as cards of ours, links."""

import re

import pytest
from django.conf import settings
from django.test import Client

from articles.embeds import FRAME_ORIGINS, PROVIDERS, recognise
from articles.models import Edition, Embed
from tests.factories import make_article, make_image
from tests.writing import change_url, typed, with_block

VIDEO = "dQw4w9WgXcQ"
PLAYER = f"https://www.youtube-nocookie.com/embed/{VIDEO}?autoplay=1&rel=0"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}", PLAYER),
        (f"https://m.youtube.com/watch?app=mobile&v={VIDEO}&list=PL1", PLAYER),
        (f"http://youtu.be/{VIDEO}", PLAYER),
        (f"https://youtu.be/{VIDEO}?si=abc&t=1m30s", f"{PLAYER}&start=90"),
        (f"https://www.youtube.com/watch?v={VIDEO}&t=42", f"{PLAYER}&start=42"),
        (f"https://www.youtube.com/watch?v={VIDEO}#t=1h", f"{PLAYER}&start=3600"),
        (f"https://www.youtube.com/watch?v={VIDEO}&t=99999999", PLAYER),
        (f"https://www.youtube.com/shorts/{VIDEO}", PLAYER),
        (f"https://www.youtube.com/live/{VIDEO}?feature=share", PLAYER),
        (f"https://www.youtube-nocookie.com/embed/{VIDEO}?start=7", f"{PLAYER}&start=7"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1"),
        (
            "https://vimeo.com/76979871/8272103f6e#t=30s",
            "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=8272103f6e#t=30s",
        ),
        (
            "https://www.tiktok.com/@netflix/video/7106594312292453675?lang=en",
            "https://www.tiktok.com/player/v1/7106594312292453675?autoplay=1&rel=0",
        ),
    ],
)
def test_a_video_is_known_by_any_of_its_addresses(address, player):
    found = recognise(address)
    assert (found.kind, found.player) == ("video", player)


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://x.com/netflix/status/1590000000000000000?s=20", "X"),
        ("https://twitter.com/netflix/status/1590000000000000000/photo/1", "X"),
        ("https://mobile.twitter.com/i/web/status/15900000000", "X"),
        ("https://bsky.app/profile/netflix.bsky.social/post/3kabcdefgh2x", "Bluesky"),
        ("https://www.instagram.com/p/CkqXyZ_abcd/", "Instagram"),
        ("https://www.instagram.com/netflix/reel/CkqXyZ_abcd/", "Instagram"),
    ],
)
def test_a_post_is_known_and_has_no_player(address, site):
    found = recognise(address)
    assert (found.kind, found.site, found.player) == ("post", site, "")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/@netflix",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/netflixseri",
        f"https://youtube.com.evil.example/watch?v={VIDEO}",
        f"https://evil.example/?https://www.youtube.com/watch?v={VIDEO}",
        "https://x.com/netflix",
        "https://vimeo.com/about",
        "https://www.youtube.com/watch?v=%22%3E%3Cscript",
        "https://deadline.com/2022/11/the-imperfects/",
    ],
)
def test_any_other_page_is_a_link(address):
    assert recognise(address).kind == "link"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "https://me@youtu.be/dQw4w9WgXcQ",
        "https://[",
        "",
    ],
)
def test_what_must_not_be_a_link_is_nothing(address):
    assert recognise(address) is None


def test_the_policy_of_every_public_page_frames_the_players_of_the_table_and_nothing_else(client, db):
    origins = {provider.frame_origin for provider in PROVIDERS if provider.player}
    assert set(FRAME_ORIGINS) == origins and all(origin.startswith("https://") for origin in origins)
    for address in ("/", "/shows/", "/nothing/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        framed = re.search(r"frame-src ([^;]+)", policy)[1].split()
        assert set(framed) == origins
    assert settings.NEWSROOM_CSP["frame-src"] != settings.SECURE_CSP["frame-src"]


def with_embed(**fields):
    article = make_article()
    Embed.objects.create(parent=article, ordering=999, **fields)
    article.publish()
    return article


def read(article):
    page = Client().get(article.get_absolute_url()).content.decode()
    return " ".join(page.split())


def test_a_video_is_our_poster_a_button_and_a_link_and_says_who_will_be_asked(db):
    poster = make_image(alt_text="Four flasks", credit="Ann Artist")
    page = read(with_embed(url=f"https://youtu.be/{VIDEO}", title="The trailer", poster=poster))
    assert f'data-player="{PLAYER.replace("&", "&amp;")}"' in page
    assert "Playing it loads the video from YouTube." in page
    assert f'href="https://youtu.be/{VIDEO}" rel="nofollow noopener external">Watch at YouTube</a>' in page
    assert "/media/renditions/" in page and "Picture: Ann Artist" in page
    assert "<iframe" not in page and 'src="https:' not in page
    assert "js/embeds.js" in page


def test_a_page_without_a_video_loads_no_script_for_one(db):
    assert "embeds.js" not in read(with_embed(url="https://x.com/netflix/status/1590000000000000000"))


def test_a_post_is_a_card_of_our_own_with_author_date_words_and_a_link(db):
    page = read(
        with_embed(
            url="https://x.com/netflix/status/15",
            author_name="Netflix (@netflix)",
            posted_on="2022-11-08",
            text="One season.\n\n<b>No more</b>",
        )
    )
    assert "<b>Netflix (@netflix)</b>" in page
    assert '<time datetime="2022-11-08">8 Nov 2022</time>' in page
    assert "<p>One season.</p> <p>&lt;b&gt;No more&lt;/b&gt;</p>" in page
    assert 'href="https://x.com/netflix/status/15" rel="nofollow noopener external">The post at X</a>' in page


def test_an_unknown_address_is_a_link_card_named_by_its_title_or_its_host(db):
    link = 'href="https://www.deadline.com/a" rel="nofollow noopener external">'
    assert f"{link}deadline.com</a>" in read(with_embed(url="https://www.deadline.com/a"))
    page = read(with_embed(url="https://www.deadline.com/a", title="Why it ended"))
    assert f"{link}Why it ended</a>" in page and "deadline.com</figcaption>" in page


@pytest.mark.parametrize("title", ["", "The trailer"])
def test_a_stored_address_that_runs_a_script_is_never_a_link(db, title):
    edition = with_embed(url="https://youtu.be/x", title=title).live_edition
    edition.blocks[-1]["url"] = "javascript:alert(1)//youtu.be/"
    Edition.objects.filter(pk=edition.pk).update(content=edition.content)
    page = read(edition.article)
    assert "javascript:" not in page and ("The trailer" in page) is bool(title)


def save(desk, article, **fields):
    return desk.post(change_url(article), with_block(typed(desk, article), "embed", ordering="999", **fields))


def test_an_embed_is_written_on_the_form_which_says_what_it_becomes(editor, at_desk):
    article, desk = make_article(), at_desk(editor)
    assert save(desk, article, url="https://deadline.com/a", title="Why").status_code == 302
    assert Embed.objects.get().title == "Why"
    page = desk.get(change_url(article)).content.decode()
    assert "deadline.com is not a known site: it becomes a link card." in page


def test_an_embed_that_was_inserted_and_left_empty_is_dropped(editor, at_desk):
    article, desk = make_article(), at_desk(editor)
    assert save(desk, article, url="").status_code == 302
    assert not Embed.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"url": "javascript:alert(1)"}, "Enter a"),
        ({"url": "https://me:secret@youtu.be/x"}, "has no user name in it"),
        ({"url": "", "text": "What it says"}, "Its address is missing."),
        ({"url": "https://x.com/" + "a" * 600}, "at most 500"),
    ],
)
def test_what_cannot_be_embedded_is_refused_in_a_sentence_and_stays_typed(editor, at_desk, fields, sentence):
    article, desk = make_article(), at_desk(editor)
    response = save(desk, article, **fields)
    assert response.status_code == 200
    page = response.content.decode()
    assert sentence in page and all(value in page for value in fields.values())
    assert not Embed.objects.exists()
