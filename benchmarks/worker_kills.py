"""How many mails are lost, and how many come twice, when workers are killed again and again while they send.

    uv run python benchmarks/worker_kills.py [KILLS] [SEED]

Real workers (`manage.py worker`) send to a mail server on this machine and are killed by SIGKILL at random:
while they start, at any line that they say to the server, or just when it has taken a mail. A mail may come
twice only where its worker was killed after the server had taken it and before that was recorded; such kills
are counted too. Makes a site of its own in a temporary folder and removes it; a kill takes a second or two.
"""

import contextlib
import os
import random
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Waiting mails at the start of each worker: more than it can send before it is killed.
AT_HAND = 12
LINES_OF_A_MAIL = 7
LONGEST_START = 1.2
PATIENCE = 120
MOMENTS = ("talking", "taken", "talking", "taken", "starting")


class Talk(socketserver.StreamRequestHandler):
    """One client of the mail server."""

    def handle(self):
        with contextlib.suppress(ConnectionError):  # its worker was killed
            self.say(220)
            for line in self.rfile:
                self.server.heard_a_line()
                word = line.strip().upper()
                if word == b"DATA":
                    self.say(354)
                    self.take_message()
                self.say(221 if word == b"QUIT" else 250)

    def take_message(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                self.server.take(lines)
                return
            lines.append(line.strip().decode())

    def say(self, code):
        self.wfile.write(b"%d said\r\n" % code)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail; its subject says which it is."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.changed = threading.Condition()
        self.lines = 0
        self.taken = Counter()

    def heard_a_line(self):
        with self.changed:
            self.lines += 1
            self.changed.notify_all()

    def take(self, lines):
        (subject,) = (line.removeprefix("Subject: ") for line in lines if line.startswith("Subject: "))
        with self.changed:
            self.taken[subject] += 1
            self.changed.notify_all()

    def wait_for(self, condition):
        with self.changed:
            if not self.changed.wait_for(condition, timeout=PATIENCE):
                raise TimeoutError("The worker sends nothing.")

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def mail_server():
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class Trial:
    """Kills workers, and knows of every mail what became of it."""

    def __init__(self, server, environment, seed):
        self.server, self.random = server, random.Random(seed)  # noqa: S311 (no secret)
        self.environment = environment | {"MAIL_URL": server.url}
        self.posted = []
        self.taken_unrecorded = set()

    def post_some(self):
        from mailing import outbox
        from mailing.models import Mail

        for _ in range(AT_HAND - Mail.objects.waiting().count()):
            key = f"mail-{len(self.posted)}"
            outbox.post(key, to="reader@example.org", subject=key, text="Somebody answered.")
            self.posted.append(key)

    def start(self, *options):
        command = [sys.executable, "manage.py", "worker", "--interval", "0.05", *options]
        return subprocess.Popen(  # noqa: S603 (ours)
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill_one(self, moment):
        """Start a worker and kill it at the moment, which is one of MOMENTS."""
        self.post_some()
        lines = self.server.lines + self.random.randint(1, 3 * LINES_OF_A_MAIL)
        mails = self.server.taken.total() + self.random.randint(1, 3)
        worker = self.start()
        if moment == "starting":
            time.sleep(self.random.uniform(0, LONGEST_START))
        elif moment == "talking":
            self.server.wait_for(lambda: self.server.lines >= lines)
        else:
            self.server.wait_for(lambda: self.server.taken.total() >= mails)
        worker.kill()
        worker.wait()
        self.taken_unrecorded |= self.server.taken.keys() - self.recorded()

    def recorded(self):
        from mailing.models import Mail

        return set(Mail.objects.filter(state=Mail.State.SENT).values_list("key", flat=True))

    def finish(self):
        """A worker that nobody kills does the rest."""
        self.start("--batch").wait(PATIENCE)

    def outcome(self):
        from mailing.models import Mail

        twice = {key for key, count in self.server.taken.items() if count > 1}
        return {
            "mails posted": len(self.posted),
            "lost": len(set(self.posted) - self.server.taken.keys()),
            "still waiting": Mail.objects.waiting().count(),
            "killed between taking and recording": len(self.taken_unrecorded),
            "came twice": self.server.taken.total() - len(self.server.taken),
            "came twice without such a kill": len(twice - self.taken_unrecorded),
        }


def main(kills=200, seed=1):
    from django.core.management import call_command

    started = time.monotonic()
    call_command("migrate", verbosity=0)
    with mail_server() as server:
        trial = Trial(server, dict(os.environ), seed)
        for number in range(kills):
            trial.kill_one(MOMENTS[number % len(MOMENTS)])
            print(f"\r{number + 1} of {kills} kills", end="", file=sys.stderr, flush=True)
        trial.finish()
        print(f"\n{kills} workers killed in {time.monotonic() - started:.0f} s (seed {seed})")
        for what, count in trial.outcome().items():
            print(f"{count:8}  {what}")
        if trial.outcome()["lost"]:
            sys.exit(1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        site = {"VAR_DIR": folder, "DEBUG": "true", "ENV_FILE": os.devnull}
        # DATABASE_URL may name an empty PostgreSQL database.
        os.environ.update(site, DJANGO_SETTINGS_MODULE="config.settings")
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        main(*map(int, sys.argv[1:]))
