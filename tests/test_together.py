"""Programs that live and end together, as the demo's server and worker do."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# One write, so that two programs' lines never mix.
LIVES = (
    "import os, signal, sys; os.write(1, b'%s %d\\n' % (sys.argv[1].encode(), os.getpid())); signal.pause()"
)
TAKES_LEAVE = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit({})); " + LIVES


@pytest.fixture(autouse=True)
def heard_signals():
    """A suite that was started by nohup ignores a hangup, and so would all that it starts."""
    ignored = [n for n in (signal.SIGINT, signal.SIGHUP) if signal.getsignal(n) == signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, lambda *_: None)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def together(*programs):
    """The process that holds the programs, and the programs' process ids, once all have begun."""
    command = [sys.executable, "-m", "operations.together"]
    for number, code in enumerate(programs):
        command += ["--", "-c", code, str(number)][number == 0 :]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines = sorted(process.stdout.readline().split() for _ in programs)
        yield process, [int(pid) for _number, pid in lines]
    finally:
        process.kill()
        process.communicate()


def everything_ended(process):
    """Waits for that: the pipe ends when the last program that could write to it has ended."""
    process.stdout.read()
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_ends_all_of_them_well(number):
    with together(LIVES, TAKES_LEAVE.format(0)) as (process, _):
        process.send_signal(number)
        assert everything_ended(process)
        assert process.wait(20) == 0


def test_the_end_of_one_is_the_end_of_all():
    with together(LIVES, TAKES_LEAVE.format(3)) as (process, pids):
        os.kill(pids[1], signal.SIGTERM)
        assert everything_ended(process)
        assert process.wait(20) == 3
        assert "has ended (exit code 3)" in process.stderr.read()


def test_one_that_ends_without_a_reason_is_a_failure():
    with together(TAKES_LEAVE.format(0), LIVES) as (process, pids):
        os.kill(pids[0], signal.SIGTERM)
        assert process.wait(20) == 1


def test_one_that_ends_badly_when_told_to_is_reported():
    with together(LIVES, TAKES_LEAVE.format(5)) as (process, _):
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 5


def test_what_a_program_has_started_ends_with_it():
    starts_another = (
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']); "
    )
    with together(starts_another + LIVES, LIVES) as (process, _):
        process.send_signal(signal.SIGTERM)
        assert everything_ended(process)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program of its parent's death")
def test_nothing_is_left_when_the_holder_is_killed():
    with together(LIVES, LIVES) as (process, _):
        process.kill()
        assert everything_ended(process)
