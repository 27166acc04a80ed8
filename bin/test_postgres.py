"""Run the test suite on PostgreSQL: on the server that DATABASE_URL names, else on one of its own.

The throwaway server listens on 127.0.0.1 only, keeps its data in a temporary folder, and both are gone
afterwards, also when the run fails or is stopped. Browser tests ran on SQLite already.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Nothing here outlives a crash, so nothing waits for the disk.
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def main(*arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("DATABASE_URL")
    with contextlib.nullcontext(given) if given else throwaway_server() as url:
        command = [sys.executable, "-m", "pytest", "-n", "auto", "-m", "not browser", *arguments]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}).returncode


@contextlib.contextmanager
def throwaway_server():
    """The address of a PostgreSQL of our own."""
    programs, account = folder_of_programs(), account_for_server()
    folder, port = tempfile.mkdtemp(prefix="cliffhanger-postgres-"), free_port()
    if account:
        shutil.chown(folder, *account)
    # Programs of the server start in its folder: another user may not be able to enter ours.
    owner = {
        "cwd": folder,
        **({"user": account[0], "group": account[1], "extra_groups": []} if account else {}),
    }
    server = None
    try:
        initialise(programs, folder, owner)
        server = start(programs, folder, port, owner)
        wait_until_ready(programs, port, server, folder)
        yield f"postgresql://cliffhanger@127.0.0.1:{port}/postgres"
    finally:
        if server:
            server.send_signal(signal.SIGINT)
            server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def folder_of_programs():
    """Where initdb and postgres lie: Debian keeps them off the PATH, by version."""
    on_path = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not (found or on_path):
        sys.exit("PostgreSQL is not installed: apt-get install postgresql, or name a server by DATABASE_URL.")
    return (found[-1] if found else Path(on_path)).parent


def account_for_server():
    """As root the server must run as somebody else: user and group of the package's own account."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    return sys.exit("PostgreSQL does not run as root, and there is no user “postgres” to run it.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def initialise(programs, folder, owner):
    options = ["--username=cliffhanger", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [programs / "initdb", f"--pgdata={folder}/data", *options]
    done = subprocess.run(command, capture_output=True, text=True, **owner)
    if done.returncode:
        sys.exit(f"PostgreSQL could not make its data folder: {done.stderr.strip()}")


def start(programs, folder, port, owner):
    options = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", *QUICK]
    command = [
        programs / "postgres",
        "-D",
        f"{folder}/data",
        *(word for option in options for word in ("-c", option)),
    ]
    with open(f"{folder}/log", "w") as log:
        # A session of its own: Ctrl-C ends the tests first and the server after them.
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **owner)


def wait_until_ready(programs, port, server, folder):
    command = [programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    for _ in range(150):
        if not subprocess.run(command).returncode:
            return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    sys.exit(f"PostgreSQL did not start:\n{Path(folder, 'log').read_text()}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
