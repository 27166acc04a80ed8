"""What a page costs that is kept ready, beside a bare WSGI function that returns the same bytes.

    uv run python benchmarks/ready_pages.py [REQUESTS]

Serves the sample's article with 50 comments by granian, one worker, and beside it by another granian a
function of three lines that returns the same bytes with the same headers; asks both in turns, each time for
the page as it is, in Brotli, and with a tag that still holds (304). What counts is the CPU time of the
serving processes, not the clock, because machines are shared; the median of five turns. "Without the server"
is what the application takes of it, called in a process of its own.

Exits with 1 where our page is answered less than 0.8 times as often for the same CPU (Brotli and 304: 0.9),
or its Brotli bytes are more than a quarter, or it takes more than 0.05 ms: with the server, where the bare
function can be had for less, else without it.
"""

import contextlib
import io
import json
import os
import pickle
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

STORY = "/articles/the-imperfects-cancelled-one-season/"
TURNS, MOST_MS, MOST_BROTLI = 5, 0.05, 0.25
KINDS = {"as it is": 0.8, "Brotli": 0.9, "304": 0.9}
TICK = os.sysconf("SC_CLK_TCK")
ALONE = """
import json, sys, time
from wsgiref.util import setup_testing_defaults
from config.wsgi import application
asked = json.loads(sys.argv[1])
setup_testing_defaults(asked)
def ask():
    return b"".join(application(dict(asked), lambda status, headers, error=None: None))
for _ in range(200):
    ask()
least = []
for _ in range(20):
    started = time.process_time()
    for _ in range(500):
        ask()
    least.append((time.process_time() - started) / 500)
print(min(least) * 1000)
"""
BARE = """
import pickle
STATUS, HEADERS, BODY = pickle.load(open({path!r}, "rb"))[{kind!r}]
def application(environ, start_response):
    start_response(STATUS, HEADERS)
    return (BODY,)
"""


def make_site(folder):
    """A sample site in this folder with its article's 50 comments; the environment that serves it."""
    os.environ |= {
        "ENV_FILE": os.devnull,
        "DEBUG": "false",
        "SECRET_KEY": "of a benchmark " * 4,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost:8000",
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)
    from benchmarks.pages import comments_up_to

    comments_up_to(50)


@contextlib.contextmanager
def served(module, folder):
    """The port at which granian serves a module, and the number of its processes' session."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    options = f"--interface wsgi --port {port} --no-ws --workers 1 --blocking-threads 1".split()
    command = [sys.executable, "-m", "granian", *options, f"{module}:application"]
    with open(folder / f"{module}.log", "w") as log:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait_for(port):
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    sys.exit("A server did not start.")


def cpu_of(session):
    """Seconds of CPU that the processes of a session have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12]) if int(fields[3]) == session else 0
    return ticks / TICK


class Client:
    """One connection that is kept, over which one request after the other goes."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.file = self.socket.makefile("rb")

    def ask(self, request):
        """Send a request's bytes; (status, headers as pairs, body)."""
        self.socket.sendall(request)
        status = self.file.readline().split(b" ", 1)[1].decode().strip()
        headers = []
        while line := self.file.readline().strip():
            name, _colon, value = line.decode("latin-1").partition(":")
            headers.append((name.strip(), value.strip()))
        length = int(next((value for name, value in headers if name.lower() == "content-length"), 0))
        return status, headers, self.file.read(0 if status.startswith("304") else length)


def request_for(kind, tag=""):
    lines = [f"GET {STORY} HTTP/1.1", "Host: localhost", "User-Agent: a benchmark"]
    if kind != "as it is":
        lines.append("Accept-Encoding: gzip, deflate, br")
    if kind == "304":
        lines.append(f"If-None-Match: {tag}")
    return "\r\n".join([*lines, "", ""]).encode()


def cost(port, session, request, count):
    """Milliseconds of the server's CPU for a request."""
    client = Client(port)
    for _ in range(200):
        client.ask(request)
    before = cpu_of(session)
    for _ in range(count):
        client.ask(request)
    return (cpu_of(session) - before) / count * 1000


def alone(kind, tag):
    """Milliseconds of CPU that the application takes for a ready page, without a server around it."""
    asked = {"PATH_INFO": STORY, "HTTP_HOST": "localhost"}
    if kind != "as it is":
        asked["HTTP_ACCEPT_ENCODING"] = "gzip, deflate, br"
    if kind == "304":
        asked["HTTP_IF_NONE_MATCH"] = tag
    command = [sys.executable, "-c", ALONE, json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout)


def tag_of(answer):
    return next(value for name, value in answer[1] if name.lower() == "etag")


def answers_of(port):
    """Of each kind the request, and what comes back for it once the page is ready."""
    client, found, tag = Client(port), {}, ""
    for kind in KINDS:
        request = request_for(kind, tag)
        client.ask(request)
        status, headers, body = client.ask(request)
        tag = tag_of((status, headers))
        if ("x-page-store", "hit") not in [(name.lower(), value) for name, value in headers]:
            sys.exit(f"The page is not kept: {headers}")
        headers = [(name, value) for name, value in headers if name.lower() not in ("server", "date")]
        found[kind] = request, (status, headers, body)
    return found


def compared(folder, port, session, answers, count):
    """Of each kind ours and the bare one in milliseconds, and how often ours answers for the same CPU."""
    for number, kind in enumerate(KINDS):
        bare, request = f"bare{number}", answers[kind][0]
        (folder / f"{bare}.py").write_text(BARE.format(path=str(folder / "answers"), kind=kind))
        with served(bare, folder) as others:
            turns = [
                (cost(port, session, request, count), cost(*others, request, count)) for _ in range(TURNS)
            ]
        medians = [statistics.median(each) for each in zip(*turns, strict=True)]
        yield kind, medians, statistics.median(theirs / ours for ours, theirs in turns)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_site(folder)
        with served("config.wsgi", folder) as (port, session):
            answers = answers_of(port)
            sent = {kind: answer for kind, (_request, answer) in answers.items()}
            (folder / "answers").write_bytes(pickle.dumps(sent))
            page, packed = len(sent["as it is"][2]), len(sent["Brotli"][2])
            has_failed = packed > MOST_BROTLI * page
            print(f"{page:,} bytes; in Brotli {packed:,} ({packed / page:.1%}, at most {MOST_BROTLI:.0%})\n")
            heads = f"{'':10} {'ours, ms':>9} {'bare, ms':>9} {'times as often':>15}   at least"
            print(f"{heads}  without the server")
            for kind, (ours, theirs), ratio in compared(folder, port, session, answers, count):
                ours_alone = alone(kind, tag_of(sent["as it is"]))
                has_failed |= ratio < KINDS[kind]
                has_failed |= (ours_alone if theirs > MOST_MS else ours) > MOST_MS
                columns = f"{kind:10} {ours:9.4f} {theirs:9.4f} {ratio:15.2f}   {KINDS[kind]:8}"
                print(f"{columns}  {ours_alone:9.4f} ms")
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
