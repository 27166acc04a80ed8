"""The cast of the tests. Settings for tests are in `settings.py`, the browser's fixtures in `browser.py`."""

pytest_plugins = ["tests.browser"]
