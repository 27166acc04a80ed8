"""Importing charts in the newsroom and by the command; matching titles; what follows for the runs."""

from html import unescape
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from logbook.models import Entry
from shows.models import ChartEntry, ChartImport, ChartRun, ChartTitle, Season, Show, WeeklyList
from shows.netflix_top10 import uploads
from tests.factories_shows import make_season, make_show
from tests.top10_files import imported, line, run, tsv, xlsx
from tests.writing import fields_of

pytestmark = pytest.mark.django_db
ADD = "/admin/shows/chartimport/add/"
LIST = "/admin/shows/charttitle/"
WEEK = tsv([line(), line(weekly_rank="2", show_title="Devil in Ohio", season_title="N/A")])


def text_of(page):
    """What stands on a page, entities resolved."""
    return unescape(page.content.decode())


def upload(desk, content=WEEK, name="all-weeks-global.tsv"):
    file = SimpleUploadedFile(name, content)
    return desk.post(ADD, {"file": file, "as_of_on": "2022-10-04"}, follow=True)


def press(desk, verb):
    taken = ChartImport.objects.get()
    return desk.post(reverse(f"admin:shows_chartimport_{verb}", args=[taken.pk]), follow=True)


def test_an_upload_is_looked_at_first_and_imported_when_told(at_desk, editor):
    desk = at_desk(editor)
    page = text_of(upload(desk))
    assert "Worldwide lists. Lines: 2. Lists: 1. Weeks ending 11 Sep 2022 to 11 Sep 2022." in page
    assert "New lists: 1. Revised: 0. As they were: 0." in page
    assert "The Imperfects: Season 1" in page
    assert not ChartEntry.objects.exists()
    assert 'value="Import it"' in page
    assert 'value="Import it"' not in text_of(press(desk, "import"))
    taken = ChartImport.objects.get()
    assert (taken.status, taken.content, taken.imported_by) == ("done", None, editor)
    assert ChartEntry.objects.count() == 2
    assert Entry.objects.about(taken).get().action == "imported"


def test_a_dropped_file_is_not_imported_and_not_kept(at_desk, editor):
    desk = at_desk(editor)
    upload(desk)
    assert "nothing of it was imported" in text_of(press(desk, "drop"))
    assert "Somebody decided about this file already" in text_of(press(desk, "import"))
    assert ChartImport.objects.get().content is None
    assert not ChartEntry.objects.exists()


def test_a_wrong_file_is_refused_on_the_form(at_desk, editor):
    page = text_of(upload(at_desk(editor), b"<html>Sorry</html>"))
    assert "It is a web page and not a file of the Top 10" in page
    assert not ChartImport.objects.exists()


def test_a_large_file_is_read_by_the_worker(at_desk, editor, monkeypatch):
    monkeypatch.setattr(uploads, "SMALL", 2)
    assert "Lines: 2. Lists: 1." in text_of(upload(at_desk(editor)))
    upload(at_desk(editor), b"null")
    refused = ChartImport.objects.first()
    assert (refused.status, refused.content) == ("refused", None)
    page = text_of(at_desk(editor).get(reverse("admin:shows_chartimport_change", args=[refused.pk])))
    assert "names no columns" in page


def test_a_workbook_can_be_uploaded(at_desk, editor):
    desk = at_desk(editor)
    upload(desk, xlsx([line()]), "all-weeks-global.xlsx")
    press(desk, "import")
    assert ChartEntry.objects.get().show_title == "The Imperfects"


def test_who_may_not_import_cannot(at_desk, writer, editor):
    upload(at_desk(editor))
    taken = ChartImport.objects.get()
    for verb in ("import", "drop"):
        address = reverse(f"admin:shows_chartimport_{verb}", args=[taken.pk])
        assert at_desk(writer).post(address).status_code == 403
        assert at_desk(editor).get(address).status_code == 405
    assert at_desk(editor).post(f"/admin/shows/chartimport/{'9' * 30}/import/").status_code == 404


def test_the_command_imports_reports_and_notes_it(tmp_path):
    path = tmp_path / "week.tsv"
    path.write_bytes(WEEK)
    said = StringIO()
    call_command("import_netflix_top10", path, "--check", stdout=said)
    assert not ChartEntry.objects.exists()
    assert "this was a check" in said.getvalue()
    call_command("import_netflix_top10", path, stdout=said)
    assert ChartEntry.objects.count() == 2
    assert "2 titles are not matched to any season." in said.getvalue()
    assert ChartImport.objects.get().name == "week.tsv"


def test_the_command_refuses_with_the_reason(tmp_path):
    path = tmp_path / "week.tsv"
    path.write_bytes(b"null")
    with pytest.raises(CommandError, match=r"names no columns. Nothing of it was imported"):
        call_command("import_netflix_top10", path)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_netflix_top10", tmp_path / "none.tsv")


def test_titles_that_wait_are_listed_and_can_be_matched(at_desk, editor):
    imported(WEEK)
    season = make_season(make_show("Something else"))
    desk = at_desk(editor)
    assert "Devil in Ohio" in text_of(desk.get(LIST))
    title = ChartTitle.objects.get(show_title="Devil in Ohio")
    desk.post(reverse("admin:shows_charttitle_change", args=[title.pk]), {"season": season.pk})
    assert ChartEntry.objects.get(rank=2).season == season
    desk.get(LIST)
    assert "Devil in Ohio" not in text_of(desk.get(LIST))
    assert "Devil in Ohio" in text_of(desk.get(LIST, {"state": "matched"}))
    assert ChartRun.objects.get(season=season).weeks == 1


def act(desk, action, *titles):
    return text_of(
        desk.post(LIST + "?state=all", {"action": action, "_selected_action": titles}, follow=True)
    )


def test_titles_become_shows_or_are_set_aside(at_desk, editor):
    imported(WEEK)
    first, second = ChartTitle.objects.order_by("-show_title").values_list("pk", flat=True)
    desk = at_desk(editor)
    assert "1 title is a show on record now." in act(desk, "make_new_shows", first)
    assert Show.objects.get().title == "The Imperfects"
    assert ChartEntry.objects.get(rank=1).season == Season.objects.get()
    assert "1 title is offered no more." in act(desk, "set_aside", second)
    assert not ChartTitle.objects.unmatched().exists()
    assert "1 title is offered again." in act(desk, "offer_again", second)
    assert ChartTitle.objects.unmatched().get().show_title == "Devil in Ohio"


def test_choosing_a_season_for_one_line_chooses_it_for_all(at_desk, editor):
    imported(tsv(run(("2022-09-11", 1, 9), ("2022-09-18", 1, 8))))
    season = make_season(make_show("Something else"))
    entry = ChartEntry.objects.first()
    said = {
        "chart": "netflix_top10",
        "territory": "global",
        "category": "tv_english",
        "week_ending": "2022-10-02",
        "source_url": "https://example.com/",
        "rank": 1,
        "show_title": entry.show_title,
        "season_title": entry.season_title,
        "season": season.pk,
    }
    at_desk(editor).post(reverse("admin:shows_chartentry_change", args=[entry.pk]), said)
    assert season.chart_entries.count() == 2
    # It moved to another week: the list that it left has no lines any more.
    weeks = WeeklyList.objects.order_by("week_ending").values_list("week_ending", "fingerprint")
    assert [(week.isoformat(), bool(known)) for week, known in weeks] == [
        ("2022-09-11", True),
        ("2022-10-02", False),
    ]


def test_lines_deleted_together_leave_no_empty_list(at_desk, editor):
    imported(WEEK)
    keys = list(ChartEntry.objects.values_list("pk", flat=True))
    deletion = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    at_desk(editor).post("/admin/shows/chartentry/", deletion)
    assert not WeeklyList.objects.exists()


def test_a_show_recorded_later_gets_its_lines(at_desk, editor):
    imported(WEEK)
    show = make_show("Something else")
    season = make_season(show)
    desk, address = at_desk(editor), reverse("admin:shows_show_change", args=[show.pk])
    desk.post(address, {**fields_of(text_of(desk.get(address)), "show_form"), "title": "The Imperfects"})
    assert season.chart_entries.count() == 1
