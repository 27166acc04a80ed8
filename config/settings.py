"""Settings, read strictly from the environment (and `.env`); `.env.example` explains each.

With none set this is a safe development site on this machine alone. With DEBUG off it refuses to start
without a secret key and the names of its hosts. An https SITE_URL switches on everything that https allows.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from whitenoise.compress import Compressor

from config.environment import (
    Environment,
    database,
    folder,
    headers,
    host_names,
    mail_sender,
    mailer,
    networks,
    one_of,
    origin,
    refuse,
    time_zone,
    web_address,
)
from config.logs import LOGGING  # noqa: F401
from config.policies import NEWSROOM_CSP, SECURE_CSP, csp_extra, with_extra
from config.storages import media_address, pictures_from, storages

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment(os.environ.get("ENV_FILE", BASE_DIR / ".env"))

# What this site is, and where.

DEBUG = env.bool("DEBUG", True)
SECRET_KEY = env.str("SECRET_KEY", "insecure-and-for-development-only" if DEBUG else "")
ALLOWED_HOSTS = env.parsed("ALLOWED_HOSTS", host_names, "localhost,127.0.0.1,[::1]" if DEBUG else "")
if not SECRET_KEY:
    refuse("SECRET_KEY", "with DEBUG off it must be set to a long random text.")
if not ALLOWED_HOSTS:
    refuse("ALLOWED_HOSTS", "with DEBUG off it must name the hosts that this site answers for.")
SITE_URL = env.parsed("SITE_URL", origin, "http://127.0.0.1:8000")
IS_HTTPS = SITE_URL.startswith("https://")
TIME_ZONE = env.parsed("TIME_ZONE", time_zone, "UTC")
USE_TZ = True
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "config.formats"
FEED_TEXT = env.parsed("FEED_TEXT", one_of("full", "summary"), "full")
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 120)

# Pages that are the same for everyone are kept ready in each server process (docs/architecture.md).
# Not in development, where templates change under the process.

PAGE_STORE_BYTES = env.int("PAGE_STORE_MB", 0 if DEBUG else 16) * 1024 * 1024
PAGE_STORE_BELIEVED_FOR = env.int("PAGE_STORE_REUSE_MS", 250, most=250) / 1000
# A cache in front of the site that is told of every change, and what its owner says to be let in.
PURGE_URL = env.parsed("PURGE_URL", web_address, "")
PURGE_HEADERS = env.parsed("PURGE_HEADERS", headers, "")

# Where it keeps its things: everything that is written lies under VAR_DIR unless said otherwise.

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).absolute()
DATABASES = {"default": env.parsed("DATABASE_URL", database, f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media"))).absolute()
MEDIA_URL = env.parsed("MEDIA_URL", media_address, "/media/")
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Source maps are large and nobody loads them but developers: compressing them took half the time of all.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
STORAGES = storages(env, DEBUG)

# What it is made of.

INSTALLED_APPS = [
    "operations",
    "pagestore",
    "mailing",
    "logbook",
    "api",
    "search",
    "syndication",
    "tracker",
    "comparing",
    "datasets",
    "comments",
    "follows",
    "articles",
    "shows",
    "pictures",
    "queries",
    "samples",
    "content_editor",
    "django_prose_editor",
    "crispy_forms",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "logins",
    "config.apps.WorkConfig",
    "config.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "operations.middleware.request_log",
    "operations.middleware.body_limit",
    "django.middleware.security.SecurityMiddleware",
    "operations.static_files.StaticFilesMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "operations.maintenance.closed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "logins.door.second_step",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "articles.absence.absent",
    "pictures.away.StoreAwayMiddleware",
]
# What an owner adds to readers' pages: templates and ads.txt of a folder, hosts in the policy of these pages.
OWN_TEMPLATES = env.parsed("OWN_TEMPLATES", folder, "")
SECURE_CSP = with_extra(SECURE_CSP, env.parsed("PUBLIC_CSP_EXTRA", csp_extra, ""))
SECURE_CSP, NEWSROOM_CSP = (with_extra(own, pictures_from(MEDIA_URL)) for own in (SECURE_CSP, NEWSROOM_CSP))
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*filter(None, [OWN_TEMPLATES]), BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context_processors.publication",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "cliffhanger"

# Who may come in. Ten wrong passwords for one user, or from one address, close the door for a while.

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "logins.backend.LoginBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=24).total_seconds())
# A code from a phone after the password: for whoever wants it, or for everybody.
SECOND_FACTOR = env.parsed("SECOND_FACTOR", one_of("optional", "required"), "optional")
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Or whoever keeps knocking would keep the owner of the account out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "operations.throttle.too_many_attempts"
AXES_CLIENT_IP_CALLABLE = "operations.throttle.client_address"
AXES_CLIENT_STR_CALLABLE = "operations.throttle.nobody_in_particular"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Cookies, which only the newsroom sets, and https. A proxy that ends https says so in X-Forwarded-Proto.

TRUST_PROXY = env.bool("TRUST_PROXY", False)
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whose X-Forwarded-For is believed; without a list and with TRUST_PROXY it is whoever connects.
TRUSTED_PROXIES = env.parsed("TRUSTED_PROXIES", networks, "")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
HSTS_SECONDS = env.int("HSTS_SECONDS", 60 * 60 * 24 * 30)
SECURE_HSTS_SECONDS = HSTS_SECONDS if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# HSTS for subdomains and for browsers' preload lists binds sites that are not this one: their owner decides.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# How much a request may bring. Pictures may have 20 MB; an article of 60 blocks has some 700 fields.

REQUEST_BODY_MAX_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644

# Mail, and work in the background: `manage.py worker` does it, also what is to be done again and again.

MAILERS = {"default": env.parsed("MAIL_URL", mailer, "console:")}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.parsed(
    "DEFAULT_FROM_EMAIL", mail_sender, f"newsroom@{urlsplit(SITE_URL).hostname}"
)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
RECURRING_TASKS = {
    "empty mails given up": {"task": "mailing.tasks.tidy", "every": timedelta(days=1)},
    "forget finished tasks": {"task": "operations.tasks.prune", "every": timedelta(days=1)},
    "tell moderators what waits": {"task": "comments.tasks.mail_digest", "every": timedelta(hours=1)},
    "score waiting comments anew": {"task": "comments.tasks.rescore", "every": timedelta(minutes=10)},
    "hold articles against the record": {"task": "articles.tasks.sweep", "every": timedelta(days=1)},
    "compute from the record": {"task": "shows.tasks.follow_the_record", "every": timedelta(days=1)},
    "drop old private copies": {"task": "articles.copy_tasks.purge_copies", "every": timedelta(days=1)},
    "drop old personal data": {"task": "comments.privacy.tasks.purge", "every": timedelta(days=1)},
}
