"""Shows as TVmaze's API gives them, written for the tests, and the command that takes them."""

import json
from io import StringIO

from django.core.management import call_command

NETFLIX = {"id": 1, "name": "Netflix", "country": None, "officialSite": "https://www.netflix.com/"}
CW = {
    "id": 5,
    "name": "The CW",
    "country": {"name": "United States", "code": "US", "timezone": "America/New_York"},
    "officialSite": "https://www.cwtv.com/",
}


def maze_show(number=501, name="The Imperfects", *, seasons=None, cast=None, episodes=None, **fields):
    """One show; what is embedded stays away where it is None."""
    show = {
        "id": number,
        "url": f"https://www.tvmaze.com/shows/{number}/a-show",
        "name": name,
        "type": "Scripted",
        "language": "English",
        "genres": ["Drama", "Science-Fiction"],
        "status": "Running",
        "premiered": "2022-09-08",
        "ended": None,
        "officialSite": "https://www.netflix.com/title/81320960",
        "rating": {"average": None},
        "network": None,
        "webChannel": NETFLIX,
        "externals": {"tvrage": None, "thetvdb": None, "imdb": f"tt{number:07}"},
        "summary": "<p>Three <b>young</b> people &amp; a scientist.</p>\n<p>They hunt a cure.</p>",
    }
    embedded = {"seasons": seasons, "cast": cast, "episodes": episodes}
    if embedded := {what: rows for what, rows in embedded.items() if rows is not None}:
        show["_embedded"] = embedded
    return show | fields


def maze_season(number=1, premiere="2022-09-08", end="2022-09-08", order=10):
    return {
        "id": 9000 + number,
        "number": number,
        "premiereDate": premiere,
        "endDate": end,
        "episodeOrder": order,
    }


def maze_part(number=71, name="Italia Ricci", character="Sydney Burke", *, is_self=False):
    character = character and {"id": number + 1000, "name": character}
    return {"person": {"id": number, "name": name}, "character": character, "self": is_self, "voice": False}


def maze_episode(season, number, airdate):
    return {"id": season * 100 + (number or 0), "season": season, "number": number, "airdate": airdate}


def run_import(tmp_path, *contents, **options):
    """Import files of these contents (JSON, or text as it stands) and give what was said."""
    paths = []
    for place, content in enumerate(contents):
        path = tmp_path / f"shows-{place}.json"
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        path.write_bytes(content)
        paths.append(str(path))
    out = StringIO()
    call_command("import_tvmaze", *paths, stdout=out, **options)
    return out.getvalue()


CAST = [
    maze_part(),
    maze_part(72, "Rhys Nicholson", "Dr Sarkov"),
    maze_part(73, "A Host", "A Host", is_self=True),
]


def cast_of(show):
    return [
        (credit.person.name, credit.character, credit.position)
        for credit in show.credits.filter(role="cast").select_related("person").in_order()
    ]
