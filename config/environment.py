"""How settings are read: strictly. A wrong value ends the program with a sentence that names the setting."""

import ipaddress
import math
import os
import re
import zoneinfo
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from dotenv import dotenv_values

DATABASE_ENGINES = {"sqlite": "sqlite3", "postgres": "postgresql", "postgresql": "postgresql"}

YES, NO = {"true", "t", "yes", "y", "on", "1"}, {"false", "f", "no", "n", "off", "0"}


def refuse(name, why):
    """End the program: no traceback helps whoever mistyped a setting."""
    raise SystemExit(f"The setting {name} is wrong: {why} See .env.example for what it may be.")


class WrongValue(ValueError):
    """Says in a sentence what a setting must be, or why it cannot be what it is."""


class Environment:
    """Settings from the environment, else from an `.env` file, else their defaults; refuses wrong ones."""

    def __init__(self, file):
        in_file = {name: value for name, value in dotenv_values(file).items() if value is not None}
        self.values = in_file | os.environ

    def str(self, name, default):
        return self.values.get(name, default)

    def bool(self, name, default):
        return self.parsed(name, yes_or_no, "yes" if default else "no")

    def int(self, name, default, *, least=0, most=math.inf):
        """A whole number from `least` to `most`."""
        return self.parsed(name, partial(whole_number, least=least, most=most), str(default))

    def parsed(self, name, parse, default):
        """What `parse` makes of the setting `name`; it raises WrongValue with a sentence."""
        try:
            return parse(self.str(name, default))
        except WrongValue as error:
            refuse(name, error)


def yes_or_no(value):
    if value.lower() not in YES | NO:
        raise WrongValue("it must be true or false.")
    return value.lower() in YES


def whole_number(value, *, least, most):
    if not re.fullmatch(r"-?[0-9]{1,18}", value) or not least <= int(value) <= most:
        bound = f", {most} at most" if most < math.inf else ""
        raise WrongValue(f"it must be a whole number, {least} at least{bound}.")
    return int(value)


def origin(value):
    """The site's own origin, such as https://example.org: scheme, host and perhaps a port, no path."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 (raises ValueError where the port is no number)
    except ValueError:
        raise WrongValue("it is no address.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise WrongValue("it must be an origin such as https://example.org.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise WrongValue("it must end after the host and port; the site lives at the root of its host.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def host_names(value):
    """A comma-separated list of host names, as Django's ALLOWED_HOSTS wants them."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    for name in names:
        if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-fA-F:.]+\]", name):
            raise WrongValue(f"“{name}” is no host name (give names alone, without scheme and port).")
    return names


def one_of(*words):
    """A reader of a setting that takes one of these words."""

    def read(value):
        if value not in words:
            raise WrongValue(f"it must be {' or '.join(words)}.")
        return value

    return read


def networks(value):
    """A comma-separated list of addresses and networks, such as 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32."""
    try:
        return [ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip()]
    except ValueError as error:
        raise WrongValue(f"{error}; give networks such as 10.0.0.0/8, with commas between.") from None


def folder(value):
    """A folder that is there, by its absolute path; None for an empty setting."""
    path = Path(value).absolute() if value else None
    if path and not path.is_dir():
        raise WrongValue(f"there is no folder {path}.")
    return path


def database(value):
    """Django's settings for the database at an address, with what Cliffhanger needs of each engine."""
    scheme = value.partition(":")[0]
    if scheme not in DATABASE_ENGINES:
        raise WrongValue("it must begin with sqlite:/// or postgresql://.")
    try:
        config = dj_database_url.parse(value)
    except ValueError:
        raise WrongValue("it is no database address; percent-encode special characters.") from None
    if not config["NAME"]:
        raise WrongValue("it names no database.")
    if DATABASE_ENGINES[scheme] == "sqlite3":
        return sqlite(config)
    if {"/", "@"} & set(config["NAME"]):
        raise WrongValue("percent-encode special characters in its user and password.")
    return postgresql(config)


def sqlite(config):
    # Under 16 writers Django's defaults gave "database is locked" thousands of times, these never.
    # FULL keeps the last commit through a power loss.
    Path(config["NAME"]).absolute().parent.mkdir(parents=True, exist_ok=True)
    options = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # To open the file and set it up takes longer than a page's queries; a restore writes into the same file.
    return config | {"ENGINE": "queries.sqlite3", "CONN_MAX_AGE": 60, "OPTIONS": options}


def postgresql(config):
    # One blocking thread a worker needs one connection, kept open; a pool would serve threads.
    # A server on another machine may vanish without a word: after a minute it is given up, not after hours.
    alive = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    options = {"connect_timeout": 5, **alive, **config.get("OPTIONS", {})}
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def mailer(value):
    """One entry of MAILERS: smtp://user:password@host:587?tls=true, smtps://…, file:///folder or console:."""
    parts = urlsplit(value)
    if value in {"console:", "console://"}:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file" and parts.path and not parts.netloc:
        options = {"file_path": unquote(parts.path)}
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": options}
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": smtp_options(parts)}
    raise WrongValue("it must be smtp://…, smtps://…, file:///a/folder or console:.")


def smtp_options(parts):
    query = parse_qs(parts.query, keep_blank_values=True)
    tls = query.pop("tls", ["false"])[-1].lower()
    if query or tls not in {"true", "false"}:
        raise WrongValue("after the “?” only tls=true or tls=false may stand.")
    try:
        port = parts.port
    except ValueError:
        raise WrongValue("its port is no number.") from None
    return {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and tls == "true",
        "timeout": 20,
    }


def time_zone(value):
    if value not in zoneinfo.available_timezones():
        raise WrongValue(f"“{value}” is no time zone; take a name such as Europe/London.")
    return value


def mail_sender(value):
    """An address, with or without a name before it."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]) or "\n" in value:
        raise WrongValue("it must be an e-mail address, such as News <news@example.org>.")
    return value


def web_address(value):
    """An http(s) address, or nothing."""
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise WrongValue("it must be an address such as https://cache.example.org/purge.")
    return value


def headers(value):
    """Lines of a request's head, “Name: value”, with semicolons between, as a dict."""
    found = {}
    for line in filter(None, map(str.strip, value.split(";"))):
        name, colon, text = line.partition(":")
        if not colon or not re.fullmatch(r"[\w-]+", name.strip(), re.ASCII):
            raise WrongValue(f"“{line}” is no header; write Name: value, with semicolons between.")
        found[name.strip()] = text.strip()
    return found
