"""The machines of the cluster, each a few processes in a folder of its own: started, killed, told apart."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bin.test_postgres import free_port

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HOST, BUCKET = "news.example.test", "pictures"
NOT_CODE = shutil.ignore_patterns(".git", ".venv", ".tools", "var", "node_modules", "__pycache__", ".*_cache")
PATIENCE = 90


class Machine:
    """A program in a session of its own: all its processes can be killed at once, and their time counted."""

    def __init__(self, name, folder):
        self.name, self.folder, self.port = name, folder / name, free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = None

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def run(self, command, *, environment=None, cwd=ROOT):
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=cwd, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self):
        """As if the machine had lost its power: no process of it does anything more."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Tell it to end, and wait until it has."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def wait_for(self, path="/", statuses=range(200, 500)):
        """Return when it answers; SystemExit with the end of its log where it ends or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if status_of(f"http://{self.address}{path}") in statuses:
                    return
            time.sleep(0.1)
        log = (self.folder / "log").read_text(errors="replace")
        sys.exit(f"{self.name} does not answer:\n{log[-3000:]}")


def status_of(address):
    request = urllib.request.Request(address, headers={"Host": HOST})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


class Store(Machine):
    """What stands in for an S3-compatible store."""

    def start(self):
        self.run([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)])
        self.wait_for()
        client = self.client()
        client.create_bucket(Bucket=BUCKET)
        client.put_bucket_policy(Bucket=BUCKET, Policy=(HERE / "bucket-policy.json").read_text())

    def client(self):
        import boto3

        keys = {"aws_access_key_id": "none", "aws_secret_access_key": "none", "region_name": "us-east-1"}
        return boto3.client("s3", endpoint_url=f"http://{self.address}", **keys)

    def names(self):
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return {entry["Key"] for page in pages for entry in page.get("Contents", [])}


class Site:
    """What all servers have in common: the settings, and the releases of the code."""

    def __init__(self, folder, database, store):
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "DEBUG": "false",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": f"http://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "TRUST_PROXY": "true",
            "DATABASE_URL": database,
            "MAIL_URL": f"file://{folder / 'mail'}",
            "MEDIA_STORAGE": "s3",
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT_URL": f"http://{store.address}",
            "S3_REGION": "us-east-1",
            "S3_PATH_STYLE": "true",
            "S3_ACCESS_KEY_ID": "none",
            "S3_SECRET_ACCESS_KEY": "none",
            "PAGE_STORE_MB": os.environ.get("PAGE_STORE_MB", "16"),
        }

    def release(self, number, change=None):
        """A copy of the code with its static files beside it; `change` is called with its folder."""
        code = self.folder / f"release-{number}"
        shutil.copytree(ROOT, code, ignore=NOT_CODE)
        if change:
            change(code)
        self.manage("collectstatic", "--noinput", "--verbosity", "0", code=code, var=code / "var")
        return code

    def manage(self, *arguments, code=ROOT, var=None):
        environment = self.environment | {"VAR_DIR": str(var or self.folder / "deploying")}
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"manage.py {' '.join(arguments)} failed:\n{done.stderr[-3000:]}")
        return done.stdout


class AppServer(Machine):
    """granian as in docs/deploying.md, and nothing on its disk but the static files of its release."""

    def __init__(self, name, site):
        super().__init__(name, site.folder)
        self.site, self.code = site, None

    def install(self, code):
        """Bring a release here: its code, and its static files beside those of the one before."""
        self.code = code
        shutil.copytree(code / "var" / "static", self.folder / "static", dirs_exist_ok=True)

    def start(self):
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2"]
        options += ["--blocking-threads", "1", "--no-ws", "--workers-kill-timeout", "10"]
        options += ["--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"]
        environment = self.site.environment | {"VAR_DIR": str(self.folder)}
        self.run([sys.executable, "-m", "granian", *options], environment=environment, cwd=self.code)
        self.wait_for("/health/", statuses=[200])

    def answered(self):
        """How many requests it has answered, those for its health left out."""
        lines = (self.folder / "log").read_text(errors="replace").splitlines()
        return sum(" INFO " in line and "/health/" not in line for line in lines)


class Worker(Machine):
    def __init__(self, site):
        super().__init__("worker", site.folder)
        self.site = site

    def start(self, code):
        environment = self.site.environment | {"VAR_DIR": str(self.folder)}
        self.run([sys.executable, "manage.py", "worker"], environment=environment, cwd=code)


class Balancer(Machine):
    """nginx with the configuration that docs/scaling.md shows."""

    def __init__(self, servers, store, site):
        super().__init__("balancer", site.folder)
        self.servers, self.store, self.down = servers, store, set()

    def start(self):
        self.configure()
        self.run([nginx(), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")])
        self.wait_for()

    def configure(self):
        first, second = (
            f"{server.address}{' down' if server in self.down else ''}" for server in self.servers
        )
        values = {
            "FOLDER": self.folder, "LISTEN": self.address, "HOST": HOST, "BUCKET": BUCKET,
            "FIRST": first, "SECOND": second, "STORE": self.store.address, "MIME_TYPES": mime_types(),
        }  # fmt: skip
        text = (HERE / "nginx.conf").read_text()
        text = re.sub(r"@([A-Z_]+)@", lambda match: str(values[match[1]]), text)
        (self.folder / "nginx.conf").write_text(text if os.geteuid() else f"user root;\n{text}")

    @contextlib.contextmanager
    def without(self, server):
        """No new request goes to the server, and those that it has are answered before this begins."""
        self.down.add(server)
        self.reload()
        yield
        self.down.discard(server)
        self.reload()

    def reload(self):
        self.configure()
        before = workers_of(self.process.pid)
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + PATIENCE
        while before & workers_of(self.process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)


def workers_of(pid):
    """The processes that nginx has forked; old ones stay until they have answered what they had."""
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def nginx():
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not found:
        sys.exit("nginx is not installed: apt-get install nginx (it need not run as a service).")
    return found


def mime_types():
    known = [Path("/etc/nginx/mime.types"), Path("/usr/local/etc/nginx/mime.types")]
    return next((path for path in known if path.exists()), "/dev/null")
