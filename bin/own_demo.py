"""A demo of its own for those who look at the site from outside: the guides' pictures and the audit."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from cliffhanger import demo_environment

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = secrets.token_urlsafe(12)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass(frozen=True)
class Demo:
    """A demo that runs: its address, and the settings under which its commands run."""

    address: str
    environment: dict

    @property
    def folder(self):
        return Path(self.environment["VAR_DIR"])

    def manage(self, *arguments):
        """What a command of `manage.py` prints."""
        command = [sys.executable, ROOT / "manage.py", *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()


@contextlib.contextmanager
def demo():
    """A demo of its own, in a temporary folder, ended and removed afterwards."""
    folder, port = tempfile.mkdtemp(prefix="cliffhanger-demo-"), free_port()
    environment = os.environ | {"VAR_DIR": folder, "PORT": str(port), "DEMO_PASSWORD": PASSWORD}
    command = [sys.executable, ROOT / "bin" / "cliffhanger.py", "demo"]
    with open(Path(folder) / "demo.log", "w+") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_for(f"http://127.0.0.1:{port}/health/", process, log)
            yield Demo(f"http://127.0.0.1:{port}", demo_environment("127.0.0.1", port, folder))
        finally:
            end(process)
            shutil.rmtree(folder, ignore_errors=True)


def end(process):
    """Stop a demo. One that takes too long is killed without an error, which would hide the one before."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(address, process, log):
    """Return when `address` answers; SystemExit with what it said where it ends or takes five minutes."""
    for _ in range(600):
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(address):
            return
        if process.poll() is not None:
            break
        time.sleep(0.5)
    log.seek(0)
    raise SystemExit(f"The demo did not start.\n{log.read()}")
