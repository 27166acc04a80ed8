"""Several people save, or start an article, at the same moment: nothing is lost and nobody gets an error."""

import threading

import pytest
from django.db import connection

from articles.models import Article
from tests.factories import make_article
from tests.writing import change_url, typed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do all of them in threads that set off together; their results in order."""
    results, start = [None] * len(deeds), threading.Barrier(len(deeds))

    def run(number, deed):
        start.wait()
        try:
            results[number] = deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_saves_at_once_one_is_kept_and_the_other_is_told(at_desk, editor, administrator):
    article = make_article()
    one, other = at_desk(editor), at_desk(administrator)
    forms = typed(one, article, headline="One"), typed(other, article, headline="Other")
    answers = at_once(
        lambda: one.post(change_url(article), forms[0]), lambda: other.post(change_url(article), forms[1])
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    kept = Article.objects.get().headline
    (told,) = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert "after you opened this page" in told
    assert ({"One", "Other"} - {kept}).pop() in told


def test_articles_of_one_headline_started_at_once_all_get_an_address(at_desk, writer):
    form = {"headline": "Cancelled", "start": "news"}
    answers = at_once(*[lambda: at_desk(writer).post("/admin/articles/article/add/", form)] * 4)
    assert {answer.status_code for answer in answers} == {302}
    assert len(set(Article.objects.values_list("slug", flat=True))) == 4
