"""The sample content in tests, with pictures that cost nothing."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from PIL import Image as PillowImage

from samples.illustrations import PICTURES


@contextmanager
def small_pictures():
    """Pictures of one colour each: drawing and scaling the real ones takes seconds."""
    shades = {name: (number * 9, 60, 90) for number, name in enumerate(PICTURES)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "samples.loading.articles.draw", lambda name: PillowImage.new("RGB", (32, 18), shades[name])
        )
        yield


def load_sample():
    """Load it as the command does; what that says."""
    said = StringIO()
    with small_pictures():
        call_command("load_sample", stdout=said)
    return said.getvalue()
