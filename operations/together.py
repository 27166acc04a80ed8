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


class Told(Exception):
    """Told to end, by a signal."""


def main(arguments):
    for number in ENDING:
        # nohup has it ignored.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, tell)
    programs, code = [], 0
    try:
        for command in commands_of(arguments):
            programs.append(start(command))
        code = wait_for_any(programs) or 1
    except Told:
        pass
    # A second Ctrl-C changes nothing: what is ending has a time limit.
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    return end_all(programs) or code


def tell(*_):
    raise Told


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
    return subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603 (ours)


def end_with_parent():
    """Where the kernel can do it (Linux): a program whose parent was killed is told to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_any(programs):
    """The exit code of the program that ends first."""
    while True:
        pid, status = os.wait()
        for program in programs:
            if program.pid == pid:
                program.returncode = os.waitstatus_to_exitcode(status)
                print(f"{name_of(program)} has ended (exit code {program.returncode}).", file=sys.stderr)
                return abs(program.returncode)


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
