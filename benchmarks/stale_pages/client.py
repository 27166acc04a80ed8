"""Readers of one article, as fast as they go: `client.py HOST PORT PATH CONNECTIONS`, until its input ends.

Each connection is a thread. At the end a line of JSON for each answer: when its request began (by the clock
that all processes share), the newest state that its text shows, its HTTP status, the process that gave it,
what it is made of, and what the store says of it.
"""

import http.client
import json
import re
import sys
import threading
import time

A_CONNECTION = 200
STATE = re.compile(rb"State (\d+)\.")


def read(host, port, path, is_over, answers):
    connection = http.client.HTTPConnection(host, port, timeout=60)
    while not is_over.is_set():
        if len(answers) % A_CONNECTION == 0:
            # The next request opens another one, to whichever process takes it.
            connection.close()
        began = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        states = STATE.findall(answer.read())
        head = (answer.headers[name] for name in ("X-Process", "X-Made-Of", "X-Page-Store"))
        answers.append((began, max(map(int, states), default=0), answer.status, *head))
    connection.close()


def main(host, port, path, connections):
    is_over, answers = threading.Event(), []
    readers = [
        threading.Thread(target=read, args=(host, int(port), path, is_over, answers))
        for _ in range(int(connections))
    ]
    for reader in readers:
        reader.start()
    sys.stdin.read()
    is_over.set()
    for reader in readers:
        reader.join()
    for answer in answers:
        print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
