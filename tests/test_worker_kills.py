"""Real workers and a mail server on this machine; `benchmarks/worker_kills.py` does the same at length."""

import signal
import subprocess
import time

import pytest

from benchmarks.worker_kills import MOMENTS, Trial, mail_server
from mailing import outbox
from mailing.models import Mail
from operations import presence
from tests.background import ROOT, WORKER, environment_of_a_worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_workers_lose_no_mail(queue, tmp_path):
    with mail_server() as server:
        trial = Trial(server, environment_of_a_worker(tmp_path, server.url), seed=3)
        for moment in ("talking", "taken"):
            assert moment in MOMENTS
            trial.kill_one(moment)
        trial.finish()
    outcome = trial.outcome()
    assert outcome["mails posted"] >= 12
    assert (outcome["lost"], outcome["still waiting"]) == (0, 0)
    assert outcome["came twice without such a kill"] == 0


def test_two_workers_share_the_mails_send_none_twice_and_end_well_when_they_are_told_to(queue, tmp_path):
    keys = [f"reply-{number}" for number in range(20)]
    with mail_server() as server:
        environment = environment_of_a_worker(tmp_path, server.url)
        workers = [
            subprocess.Popen(WORKER, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        try:
            wait_until_they_work(workers)
            for key in keys:
                outbox.post(key, to="mara@example.com", subject=key, text="Somebody answered.")
            server.wait_for(lambda: server.taken.total() == len(keys))
            for worker, number in zip(workers, (signal.SIGTERM, signal.SIGINT), strict=True):
                worker.send_signal(number)
            for worker in workers:
                _, said = worker.communicate(timeout=60)
                assert worker.returncode == 0 and "Traceback" not in said, said
        finally:
            for worker in workers:
                worker.kill()
    assert server.taken == dict.fromkeys(keys, 1)
    assert not Mail.objects.waiting().exists(), "what was begun is finished"


def wait_until_they_work(workers):
    deadline = time.monotonic() + 60
    while sum(presence.is_locked(path) for path in presence.folder().glob("*")) < len(workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)  # nothing tells when another process has got so far
