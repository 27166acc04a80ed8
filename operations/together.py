"""Several programs that live and end together: `python -m operations.together PROGRAM … -- PROGRAM …`.

Ctrl-C or SIGTERM ends all of them, with exit code 0 where they end well; so does the end of any one, with its
exit code, or 1 where it had no reason to end. It needs only Python's own library, because it stays in memory.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

SECONDS_TO_END = 10
PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments):
    # Signals wait until they are asked for: none comes between, and a second Ctrl-C changes nothing.
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, *ENDING})
    programs = [start(command) for command in commands_of(arguments)]
    reason = wait_for_an_end(programs)
    leave = end_all(programs)
    return reason or leave


def commands_of(arguments):
    """The commands between the "--"; each is run by this Python."""
    commands = [[]]
    for argument in arguments:
        if argument == "--":
            commands.append([])
        else:
            commands[-1].append(argument)
    return [[sys.executable, *command] for command in commands]


def start(command):
    """In a session of its own: Ctrl-C reaches us alone, and whatever that one starts can be ended."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=prepare)  # noqa: S603 (ours)


def prepare():
    """What a program does before it begins: hear signals and, on Linux, end when we are killed."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_an_end(programs):
    """0 when told to end; when a program ends by itself, its exit code, or 1 where that is 0."""
    # Under nohup, SIGHUP is ignored.
    ending = {number for number in ENDING if number != signal.SIGHUP or is_heard(number)}
    while signal.sigwait({signal.SIGCHLD, *ending}) == signal.SIGCHLD:
        for program in programs:
            if program.poll() is not None:
                print(f"{name_of(program)} has ended (exit code {program.returncode}).", file=sys.stderr)
                return abs(program.returncode) or 1
    return 0


def is_heard(number):
    return signal.getsignal(number) != signal.SIG_IGN


def end_all(programs):
    """Tell all to end and wait until they have; the first exit code that is not 0, or 0."""
    running = [program for program in programs if program.returncode is None]
    for program in running:
        program.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for program in running:
        try:
            program.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{name_of(program)} does not end and is killed.", file=sys.stderr)
    for program in programs:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    return next((abs(p.returncode) for p in running if p.returncode not in {0, -signal.SIGTERM}), 0)


def name_of(program):
    return " ".join(program.args[1:4])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
