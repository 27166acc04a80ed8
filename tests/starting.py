"""Python programs in processes of their own, without the second that each would need to load Django.

A `Starter` is a process that has Django loaded, but no settings. It forks for every program, which then finds
its own environment and arguments as if it had been started by itself.
"""

import json
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parent.parent


class Starter:
    def __enter__(self):
        command = [sys.executable, __file__]
        environment = {"PATH": os.environ["PATH"]}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(60)

    def run(self, *arguments, environment):
        """Run `FILE …` or `-c CODE` to its end; `returncode`, `stdout` and `stderr` of it."""
        print(
            json.dumps({"arguments": arguments, "environment": environment}),
            file=self.process.stdin,
            flush=True,
        )
        return SimpleNamespace(**json.loads(self.process.stdout.readline()))


def serve():
    """Answer each line of standard input by one of standard output."""
    # What any command loads before it knows its settings.
    import whitenoise.compress  # noqa: F401
    from django.core.management import ManagementUtility  # noqa: F401
    from django.core.management.commands import check, runserver  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)


def run(arguments, environment):
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        child = os.fork()
        if not child:
            os.dup2(stdout.fileno(), 1)
            os.dup2(stderr.fileno(), 2)
            os.environ.clear()
            os.environ.update(environment)
            become(arguments)
        _, status = os.waitpid(child, 0)
        told = [output.seek(0) or output.read().decode() for output in (stdout, stderr)]
    return {"returncode": os.waitstatus_to_exitcode(status), "stdout": told[0], "stderr": told[1]}


def become(arguments):
    """Run the program and end as it does."""
    sys.path[0] = str(ROOT)
    code = 0
    try:
        if arguments[0] == "-c":
            exec(arguments[1], {"__name__": "__main__"})  # noqa: S102 (a test's own line)
        else:
            sys.argv = list(arguments)
            runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int | None) else print(end.code, file=sys.stderr) or 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    serve()
