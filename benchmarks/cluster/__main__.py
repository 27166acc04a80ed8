"""Two app servers, PostgreSQL, an S3 stand-in, a worker and nginx on loopback; and what must hold with them.

    uv run python benchmarks/cluster
    PAGE_STORE_MB=0 uv run python benchmarks/cluster      the same with every page drawn anew

Starts all of it in a temporary folder on free ports, makes its checks, prints what it saw and what a
request costs each tier, and removes everything; a few minutes. Ends with 1 where anything did not hold. It
needs nginx and PostgreSQL's server programs and says so where they are missing. The database does not wait
for its disk here: what is said of writes holds for killed app servers, not for a power cut of the database.
"""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.cluster import cost  # noqa: E402
from benchmarks.cluster.checks import PASSWORD, Checks  # noqa: E402
from benchmarks.cluster.machines import AppServer, Balancer, Site, Store, Worker, nginx  # noqa: E402
from bin import test_postgres  # noqa: E402


class Cluster:
    """All machines, started one after the other; whatever was started is ended by `end`."""

    def __init__(self, folder, database):
        self.store = Store("store", folder)
        self.site = Site(folder, database, self.store)
        self.servers = [AppServer("server A", self.site), AppServer("server B", self.site)]
        self.worker = Worker(self.site)
        self.balancer = Balancer(self.servers, self.store, self.site)

    def start(self):
        say("The store")
        self.store.start()
        say("The database's tables and the sample site, once for all servers")
        code = self.site.release(1)
        self.site.manage("migrate", "--verbosity", "0", code=code)
        self.site.manage("load_sample", "--verbosity", "0", code=code)
        self.site.manage("write_error_pages", str(self.balancer.folder / "error-pages"), code=code)
        self.use_the_database()
        say("Two servers, a worker, the balancer")
        for server in self.servers:
            server.install(code)
            server.start()
        self.worker.start(code)
        self.balancer.start()

    def use_the_database(self):
        """This process looks into the same database, to see what is stored."""
        os.environ.update(self.site.environment, DJANGO_SETTINGS_MODULE="config.settings")
        os.environ["VAR_DIR"] = str(self.site.folder / "deploying")
        import django

        django.setup()
        from django.contrib.auth.models import User

        User.objects.create_superuser("ada", "ada@news.example.test", PASSWORD)
        User.objects.create_user("bob", password=PASSWORD, is_staff=True)

    def tiers(self):
        """The first process of each machine, by its tier."""
        return {
            "balancer": [self.balancer.process.pid],
            "app servers": [server.process.pid for server in self.servers],
            "PostgreSQL": [postmaster()],
        }

    def end(self):
        for machine in (self.balancer, self.worker, *self.servers, self.store):
            if machine.process and machine.process.poll() is None:
                machine.kill()


def postmaster():
    """The process that all of PostgreSQL's others come from."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


def say(what):
    print(f"{time.strftime('%H:%M:%S')}  {what} …", flush=True)


def next_release(cluster):
    """The same code with another style sheet, as an upgrade brings one."""

    def change(code):
        with (code / "static" / "css" / "site.css").open("a") as style:
            style.write("\n.of-the-next-release { color: inherit; }\n")

    return cluster.site.release(2, change)


def run(cluster):
    """All checks; what did not hold."""
    cluster.start()
    checks = Checks(cluster)
    for title, check in (
        ("Pictures", checks.pictures),
        ("Sessions and limits", checks.sessions),
        ("", checks.throttles),
        ("An approval on the other server", checks.approvals),
        ("", checks.sent_twice),
        ("What a request costs", lambda: cost.told(cluster)),
        ("Servers that are killed", checks.kills),
        ("A new release, server by server", lambda: checks.rolling_restart(next_release(cluster))),
        ("The store is away", checks.store_away),
    ):
        if title:
            say(title)
        check()
    return checks.wrong


def main():
    nginx()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="cliffhanger-cluster-"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        database = stack.enter_context(test_postgres.throwaway_server())
        cluster = Cluster(folder, database)
        stack.callback(cluster.end)
        wrong = run(cluster)
    outcome = f"{len(wrong)} did NOT hold" if wrong else "Everything held"
    print(f"{outcome}; {time.monotonic() - started:.0f} s.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
