"""The site's settings as tests want them: nothing from `.env`, everything temporary, quick hashes."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Only DATABASE_URL may come from outside (`make test-postgres` sets it).
for name in {
    "ALLOWED_HOSTS",
    "API_REQUESTS_A_MINUTE",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "FEED_TEXT",
    "HSTS_SECONDS",
    "MAIL_URL",
    "MEDIA_ROOT",
    "MEDIA_STORAGE",
    "MEDIA_URL",
    "OWN_TEMPLATES",
    "PAGE_STORE_MB",
    "PAGE_STORE_REUSE_MS",
    "PUBLIC_CSP_EXTRA",
    "S3_ACCESS_KEY_ID",
    "S3_BUCKET",
    "S3_ENDPOINT_URL",
    "S3_PATH_STYLE",
    "S3_REGION",
    "S3_SECRET_ACCESS_KEY",
    "PURGE_HEADERS",
    "PURGE_URL",
    "SECOND_FACTOR",
    "SECRET_KEY",
    "SITE_URL",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
    "TRUST_PROXY",
    "VAR_DIR",
}:
    os.environ.pop(name, None)
os.environ["ENV_FILE"] = os.devnull

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, MIDDLEWARE  # noqa: E402

# Every worker of a parallel run loads this file anew and so has a folder of its own.
TEMPORARY_DIR = Path(tempfile.mkdtemp(prefix="cliffhanger-tests-"))
atexit.register(shutil.rmtree, TEMPORARY_DIR, ignore_errors=True)
VAR_DIR = TEMPORARY_DIR
MEDIA_ROOT = TEMPORARY_DIR / "media"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: browsers, backups and races need a second connection. Nothing here outlives a crash.
    DATABASES["default"]["NAME"] = TEMPORARY_DIR / "db.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": TEMPORARY_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
DATABASES["default"]["CONN_MAX_AGE"] = 0

# The nearest to the view: what is asked for the stored pages in every test may not look at who asks.
MIDDLEWARE = [*MIDDLEWARE, "pagestore.guard.Guard"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# A test of the login throttle switches it on by the `settings` fixture.
AXES_ENABLED = False
# Tasks run where they are enqueued, and what fails in one fails the test.
TASKS = {"default": {"BACKEND": "tests.immediate.LoudImmediateBackend"}}
