#!/usr/bin/env python3
"""Everything a newcomer types; any Python 3.9 or newer starts it: `python3 bin/cliffhanger.py help`.

It finds or fetches what the project needs (uv, a Python 3.12 or newer, the locked dependencies), all inside
the project's own folder, and then becomes the task that was asked for.
"""

import errno
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV_PYTHON = ROOT / ".venv" / "bin" / "python"
OWN_UV = ROOT / ".tools" / "uv" / "bin" / "uv"
PYTHONS = ("python3.13", "python3.12", "python3")

TASKS = {
    "demo": "Serve a site with sample content and four users on http://127.0.0.1:8000 (PORT=, HOST=).",
    "setup": "Make an empty site of your own: asks for the publication's name and an administrator.",
    "run": "Start the development server and a worker; both reload when the code changes (PORT=, HOST=).",
    "test": "Run the whole test suite on SQLite, browser tests included where Chromium is found.",
    "test-postgres": "Run the suite on a throwaway PostgreSQL, or on the one that DATABASE_URL names.",
    "lint": "Check style, templates, missing migrations and the production settings.",
    "audit": "Hold the sample site to what readers and machines need (Node, Java and Chromium).",
    "bench": "Measure what the site costs beside bare measures of the same run (some ten minutes).",
    "screenshots": "Make the README's screenshots anew from the sample content.",
    "ci": "Install what a bare Debian machine lacks, then lint and test everything.",
    "help": "Show these sentences.",
}


def main(task="help", *arguments):
    if sys.version_info < (3, 9):  # noqa: UP036 (whatever the project runs on, this file starts it)
        stop(f"This needs Python 3.9 or newer to start; {sys.executable} is older.")
    if task not in TASKS:
        stop(f"There is no task “{task}”. Tasks: {', '.join(TASKS)}.")
    os.chdir(ROOT)
    globals()[task.replace("-", "_")](*arguments)


def stop(sentence):
    """End with a sentence on stderr and exit code 1."""
    sys.exit(sentence)


# The tasks.


def help(*_):
    print("Cliffhanger. Each task is `make TASK` or `python3 bin/cliffhanger.py TASK`:\n")
    for task, sentence in TASKS.items():
        print(f"  {task:14} {sentence}")


def demo(*arguments):
    host, port = host_and_port()
    make_sure_nobody_listens(host, port)
    install()
    place = ["--host", host, "--port", str(port)]
    become("manage.py", "demo", *place, *arguments, environment=demo_environment(host, port))


def setup(*arguments):
    install()
    become("manage.py", "setup", *arguments)


def run(*arguments):
    host, port = host_and_port()
    make_sure_nobody_listens(host, port)
    install()
    call("manage.py", "migrate", "--verbosity", "0")
    server = ["manage.py", "runserver", f"{bracketed(host)}:{port}", *arguments]
    become("-m", "operations.together", *server, "--", "manage.py", "worker", "--reload")


def test(*arguments):
    install()
    # Tests read DATABASE_URL alone; here they are to run on SQLite whatever site this folder serves.
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    become("-m", "pytest", "-n", "auto", *arguments, environment=environment)


def test_postgres(*arguments):
    install()
    become("bin/test_postgres.py", *arguments)


def lint(*_):
    install()
    become("bin/lint.py")


def audit(*arguments):
    install()
    become("bin/audit_site.py", *arguments)


def bench(*arguments):
    install()
    become("bin/bench.py", *arguments)


def screenshots(*arguments):
    install()
    become("bin/screenshots.py", *arguments)


def ci(*_):
    os.execvp("bash", ["bash", ".ci/run"])


# What the demo runs with.


def host_and_port():
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isdecimal() and 0 < int(port) < 65536):
        stop(f"PORT must be a number from 1 to 65535, not “{port}”.")
    return host, int(port)


def make_sure_nobody_listens(host, port):
    """Say so in a sentence where another program has the port, before anything is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        stop(f"HOST must be a name or address of this machine, not “{host}”.")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            stop(f"Port {port} on {host} is in use by another program: choose another, PORT={port + 1} say.")
        stop(f"This machine does not let the site listen on {host}, port {port}: {error.strerror}.")


def demo_environment(host, port, folder=None):
    """Settings of the demo: production's, on plain http, all under var/, nothing of a real site's `.env`."""
    var = Path(folder or os.environ.get("VAR_DIR") or ROOT / "var").absolute()
    var.mkdir(parents=True, exist_ok=True)
    reached_as = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MEDIA_ROOT"}
    }
    return {
        **inherited,
        "ENV_FILE": os.devnull,
        "DEBUG": "false",
        "SECRET_KEY": kept_secret(var / "secret_key"),
        "VAR_DIR": str(var),
        "SITE_URL": f"http://{bracketed(reached_as)}:{port}",
        "ALLOWED_HOSTS": ",".join(sorted(names_of_this_machine(host))),
        "TRUST_PROXY": "false",
        "MAIL_URL": (var / "mail").as_uri(),
    }


def kept_secret(path):
    """The text of an ignored file that only its owner may read; made where it is missing."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def names_of_this_machine(host):
    """Under which names a browser may ask: loopback always, others only where the demo listens beyond it."""
    names = {"localhost", "127.0.0.1", "[::1]"}
    if host in {"127.0.0.1", "localhost", "::1"}:
        return names
    names |= {bracketed(host), socket.gethostname(), socket.getfqdn()} - {"0.0.0.0", "[::]"}  # noqa: S104
    try:
        addresses = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        addresses = []
    return names | {bracketed(address[4][0].partition("%")[0]) for address in addresses}


def bracketed(host):
    return f"[{host}]" if ":" in host else host


# What every task needs first.


def install():
    """The locked dependencies in .venv, by uv; nothing to do where they are there already."""
    python = wanted_python()
    stamp = ROOT / ".venv" / "installed-from"
    wanted = "\n".join([digest(ROOT / "uv.lock"), digest(ROOT / "pyproject.toml"), python or "fetched by uv"])
    if stamp.exists() and stamp.read_text() == wanted and works(VENV_PYTHON):
        return
    print("Installing the locked dependencies …", file=sys.stderr, flush=True)
    command = [working_uv(), "sync", "--locked", *(["--python", python] if python else [])]
    # An activated environment of another project is none of ours.
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if subprocess.run(command, env=environment).returncode:
        stop(
            "The dependencies could not be installed; uv says why above."
            if python
            else "No Python 3.12 or newer was found and uv could not fetch one: install Python 3.12 or newer "
            "(on Debian and Ubuntu: apt-get install python3), or name one with PYTHON=/path/to/python3.12."
        )
    stamp.write_text(wanted)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wanted_python():
    """The real path of the first Python of 3.12 or newer that runs; None where uv has to fetch one.

    A version manager's shim may be on the PATH and not run, so each is tried.
    """
    chosen = os.environ.get("PYTHON")
    if chosen:
        path = path_if_new_enough(chosen)
        return path or stop(f"PYTHON={chosen} does not run or is older than Python 3.12.")
    return next(filter(None, map(path_if_new_enough, PYTHONS)), None)


def path_if_new_enough(python):
    code = "import os, sys; print(os.path.realpath(sys.executable) if sys.version_info >= (3, 12) else '')"
    return output(python, "-c", code)


def working_uv():
    """A uv that runs: the one on the PATH, else the project's own, else one installed into .tools/ now."""
    on_path = shutil.which("uv")
    if on_path and works(on_path):
        return on_path
    if not works(OWN_UV):
        install_uv()
    return str(OWN_UV)


def install_uv():
    folder = OWN_UV.parent.parent
    shutil.rmtree(folder, ignore_errors=True)
    print("Installing uv into .tools/ …", file=sys.stderr, flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        stop(
            "Python's venv module does not work here: install it (on Debian and Ubuntu: apt-get install "
            "python3-venv), or install uv yourself, and start again."
        )
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"]
    if subprocess.run(pip).returncode or not works(OWN_UV):
        shutil.rmtree(folder, ignore_errors=True)
        stop("uv could not be installed from PyPI: is there a network? You may also install uv yourself.")


def works(program):
    return bool(output(str(program), "--version"))


def output(*command):
    """What a program prints, in one line; nothing where it is missing or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def call(*arguments):
    """Run the project's Python and end with its exit code where it fails."""
    code = subprocess.run([str(VENV_PYTHON), *arguments]).returncode
    if code:
        sys.exit(code)


def become(*arguments, environment=None):
    """Replace this process by the project's Python, so that signals and exit codes are the task's own."""
    sys.stdout.flush()
    os.execve(VENV_PYTHON, [str(VENV_PYTHON), *arguments], environment or dict(os.environ))


if __name__ == "__main__":
    main(*sys.argv[1:])
