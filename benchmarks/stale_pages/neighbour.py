"""A second process of the site, with a store of its own, that makes the changes and reads the pages.

As a program it is told what to do, a line of JSON each, and answers each with a line.
"""

import json
import logging
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class NeighbouringProcess:
    """It, seen from the process that renders."""

    def __init__(self, environment):
        command = [sys.executable, "-m", "benchmarks.stale_pages.neighbour"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)

    def tell(self, **order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The neighbouring process has ended.")
        return json.loads(line)

    def change(self, name, article, text):
        self.tell(change=name, article=article, text=text)

    def ask(self, address, later):
        status, body = self.tell(ask=address, later=later)
        return status, body.encode()

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def main():
    import django

    django.setup()
    logging.disable(logging.INFO)
    from benchmarks.stale_pages.changes import CHANGES
    from benchmarks.stale_pages.races import BELIEVED_FOR, Clock, Reading

    clock = Clock()
    reading = Reading(max(BELIEVED_FOR), clock)
    for line in sys.stdin:
        order = json.loads(line)
        if address := order.get("ask"):
            clock.ahead += order["later"]
            status, body = reading.ask(address)
            answer = status, body.decode()
        else:
            answer = CHANGES[order["change"]](order["article"], order["text"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
