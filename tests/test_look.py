"""The look by its figures: the weight of style and script; `test_contrast.py` has the colours."""

from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
CSS = (STATIC / "css" / "site.css").read_text()


def test_readers_load_less_than_25_kb_of_style_and_11_kb_of_script():
    assert len(CSS.encode()) < 25 * 1024
    scripts = [STATIC / "js" / name for name in ("site.js", "comments.js", "embeds.js")]
    assert sum(script.stat().st_size for script in scripts) < 11 * 1024
