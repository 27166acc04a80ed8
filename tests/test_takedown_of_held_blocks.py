"""A passage also goes from a block that somebody else removed and its writer has not decided about."""

import json

import pytest

from articles.models import PrivateCopy
from articles.takedown_passages import take_down
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_it_goes_from_a_block_that_waits_for_a_decision(administrator, editor):
    article = make_article()
    body = "<p>The señor <em>“knew” it</em> all along.</p>"
    held = json.dumps(["articles_section_set:7", "", {"heading": ["Kept"], "body": [body]}])
    data = {"headline": ["A headline"], "_held": [held, "{"]}
    copy = PrivateCopy.objects.create(article=article, user=editor, data=data, typed_at=article.saved_at)
    take_down(article, 'señor "knew" it', instead="[…]", reason="Case 7", by=administrator)
    copy.refresh_from_db()
    _key, _after, values = json.loads(copy.data["_held"][0])
    assert values["heading"] == ["Kept"]
    assert "knew" not in values["body"][0] and "all along" in values["body"][0]
    assert copy.data["_held"][1] == "{"
