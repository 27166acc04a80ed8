"""Comments that are sent several times at once, as a phone on a train sends them."""

import collections
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE, WORKERS = 8, 4


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def sent_at_once(article, posts):
    """Send `posts` comments, each eight times at once, to a server; returns whether each is stored once."""
    from comments.models import Comment

    port, before = free_port(), Comment.objects.count()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws"]
    command += ["--workers", str(WORKERS), "--blocking-threads", "1", "--log-level", "error"]
    command.append("config.wsgi:application")
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603
    site = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{site}/health/")  # noqa: S310 (our own server)
                break
            except urllib.error.URLError:
                time.sleep(0.2)
        answers = _answers(f"{site}/articles/{article.slug}/comments/", posts)
    finally:
        server.terminate()
        server.wait(20)
    statuses = collections.Counter(status for some in answers for status, _pk in some)
    same = sum(len({pk for _status, pk in some}) == 1 for some in answers)
    stored = Comment.objects.count() - before
    print(f"{posts} posts, each {AT_ONCE} at once: {stored} stored, {same} answered alike, {dict(statuses)}")
    return stored == posts == same and set(statuses) == {303}


def _answers(address, posts):
    """For each post the (status, key of the comment) of all its answers."""
    together, answers = threading.Barrier(AT_ONCE), [[None] * AT_ONCE for _ in range(posts)]

    def send_all(place):
        for number in range(posts):
            typed = {
                "comment": f"What comes twice is stored once. ({number})",
                "name": "Mara",
                "email": f"at-once-{number}@b.example",
            }
            together.wait()
            answers[number][place] = _answer(address, typed)

    threads = [threading.Thread(target=send_all, args=[place]) for place in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _answer(address, typed):
    """(status, key): the link's first part names article and comment; its signature may be a second older."""
    from http.client import HTTPConnection

    parts = urllib.parse.urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=60)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, urllib.parse.urlencode(typed), headers)
    response = connection.getresponse()
    response.read()
    return response.status, response.getheader("Location", "").rpartition("/held/")[2].partition(":")[0]
