"""Readers who read and write without pause, and know of every answer that they got."""

import http.client
import threading
import time

from .people import Browser, comment

BROKEN = (OSError, http.client.HTTPException)
# A reader who is told that it did not work presses the button again.
TRIES, SECONDS_BETWEEN_TRIES = 20, 0.5


class Load:
    """Some readers and writers at the balancer, until the block ends."""

    def __init__(self, balancer, pages, post_to, *, readers=3, writers=2, first=0):
        self.balancer, self.pages, self.post_to = balancer, pages, post_to
        self.number, self.lock, self.ends = first, threading.Lock(), threading.Event()
        self.read, self.failed_reads, self.slowest = 0, [], 0.0
        self.acknowledged, self.failed_posts, self.given_up = [], [], []
        work = [self.go_on_reading] * readers + [self.go_on_writing] * writers
        self.threads = [threading.Thread(target=each, daemon=True) for each in work]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        for thread in self.threads:
            thread.join()

    def go_on_reading(self):
        reader = Browser(self.balancer)
        while not self.ends.is_set():
            for path in self.pages:
                self.read_one(reader, path)

    def read_one(self, reader, path):
        started = time.monotonic()
        try:
            status = reader.get(path).status
        except BROKEN as error:
            status = type(error).__name__
        with self.lock:
            self.read += 1
            self.slowest = max(self.slowest, time.monotonic() - started)
            if status == 200:
                return
            self.failed_reads.append((path, status))
        time.sleep(SECONDS_BETWEEN_TRIES)

    def go_on_writing(self):
        while not self.ends.is_set():
            with self.lock:
                self.number += 1
                text = f"Comment number {self.number} of the load."
            self.write_one(Browser(self.balancer), text)
            time.sleep(0.1)

    def write_one(self, reader, text):
        for _ in range(TRIES):
            try:
                status = reader.post(self.post_to, comment(text)).status
            except BROKEN as error:
                status = type(error).__name__
            if status == 303:
                self.acknowledged.append(text)
                return
            self.failed_posts.append((text, status))
            time.sleep(SECONDS_BETWEEN_TRIES)
        self.given_up.append(text)
