"""Real workers and a mail server on this machine; `benchmarks/worker_kills.py` does the same at length."""

import signal
import subprocess

import pytest

from benchmarks.worker_kills import MOMENTS, Trial, mail_server
from mailing import outbox
from tests.background import ROOT, WORKER, environment_of_a_worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_workers_lose_no_mail(queue, tmp_path):
    with mail_server() as server:
        trial = Trial(server, environment_of_a_worker(tmp_path, server.url), seed=3)
        for moment in ("talking", "taken", "talking"):
            assert moment in MOMENTS
            trial.kill_one(moment)
        trial.finish()
    outcome = trial.outcome()
    assert outcome["mails posted"] >= 12
    assert (outcome["lost"], outcome["still waiting"]) == (0, 0)
    assert outcome["came twice without such a kill"] == 0


def test_two_workers_share_the_mails_and_send_none_twice(queue, tmp_path):
    keys = [f"reply-{number}" for number in range(20)]
    for key in keys:
        outbox.post(key, to="mara@example.com", subject=key, text="Somebody answered.")
    with mail_server() as server:
        environment = environment_of_a_worker(tmp_path, server.url)
        both = [subprocess.Popen([*WORKER, "--batch"], cwd=ROOT, env=environment) for _ in range(2)]
        assert [worker.wait(60) for worker in both] == [0, 0]
    assert server.taken == dict.fromkeys(keys, 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_ends_well(queue, tmp_path, number):
    outbox.post("reply-1", to="mara@example.com", subject="reply-1", text="Somebody answered.")
    with mail_server() as server:
        environment = environment_of_a_worker(tmp_path, server.url)
        with subprocess.Popen(WORKER, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as worker:
            server.wait_for(lambda: server.taken.total() == 1)
            worker.send_signal(number)
            assert worker.wait(30) == 0
            assert "Traceback" not in worker.stderr.read()
