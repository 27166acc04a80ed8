"""What must hold with two servers. Each check prints what it saw; what is wrong is counted."""

import contextlib
import io
import re
import threading
import time
from collections import Counter

from .load import Load
from .people import Browser, comment

PASSWORD = "four unlikely words together"
ARTICLE = "/articles/the-imperfects-cancelled-one-season/"
COMMENTS = f"{ARTICLE}comments/"
QUEUE, UPLOAD = "/admin/comments/comment/", "/admin/articles/image/upload/"
# Of docs/architecture.md: how old a page may be that another process has changed.
BOUND = 0.25
FOR_EVER = "public, max-age=31536000, immutable"
APPROVALS, KILLS, BELIEVED_AFTER = 10, 4, 6


class Checks:
    def __init__(self, cluster):
        self.cluster, self.wrong = cluster, []
        self.first, self.second = cluster.servers
        self.editor = None

    def expect(self, is_right, said):
        print(f"  {'ok ' if is_right else 'NOT'} {said}", flush=True)
        if not is_right:
            self.wrong.append(said)

    # Pictures.

    def pictures(self):
        """Uploaded on the first server, read on the second, and past both."""
        self.editor = Browser()
        self.editor.log_in("ada", PASSWORD, on=self.first)
        before = self.cluster.store.names()
        answer = self.editor.upload(UPLOAD, "pier.png", picture(), on=self.first)
        self.expect(answer.status == 200, f"a picture is uploaded on {self.first.name} ({answer.status})")
        original = newest_original(self.cluster.store.names() - before)
        key = original.split("/")[1].partition(".")[0]
        made = {
            f"renditions/{key}/{width}.{kind}" for width in (480, 640) for kind in ("avif", "webp", "jpg")
        }
        reader = Browser()
        statuses = {reader.get(f"/media/{name}", on=self.second).status for name in made}
        self.expect(statuses == {200}, f"{self.second.name} gives all its {len(made)} sizes ({statuses})")
        kept = wait_until(lambda: made <= self.cluster.store.names(), 30)
        self.expect(kept, "all of them are in the bucket, whoever made them")
        self.past_the_servers(reader, key, made)
        self.nobody_gets(reader, original)

    def past_the_servers(self, reader, key, made):
        balancer = self.cluster.balancer
        answers = [reader.get(f"/media/{name}", on=balancer) for name in made]
        # The site signs whatever it answers.
        by_store = [answer for answer in answers if "X-Request-ID" not in answer.headers]
        self.expect(
            len(by_store) == len(made) and {answer.status for answer in answers} == {200},
            "the balancer takes them from the bucket, past the servers",
        )
        caching = {answer.headers.get("Cache-Control") for answer in answers}
        self.expect(caching == {FOR_EVER}, f"with {caching}")
        crop = f"/media/renditions/{key}/1x1-1200-50-50.jpg"
        answer = reader.get(crop, on=balancer)
        self.expect(answer.status == 200, f"a crop that was not there is made on demand ({answer.status})")
        self.expect(crop.removeprefix("/media/") in self.cluster.store.names(), "and is in the bucket then")

    def nobody_gets(self, reader, original):
        machines = (*self.cluster.servers, self.cluster.balancer)
        statuses = {reader.get(f"/media/{original}", on=machine).status for machine in machines}
        store = self.cluster.store
        there = reader.get(f"/pictures/{original}", on=store, Host=store.address).status
        self.expect((statuses, there) == ({404}, 403), f"the original is nobody's: {statuses}, {there}")

    # Sessions, and what is counted.

    def sessions(self):
        """Logged in on one, going on at the other; out of both at once."""
        pages = [self.editor.get("/admin/", on=server).status for server in self.cluster.servers]
        self.expect(pages == [200, 200], f"logged in on {self.first.name}, at work on both {pages}")
        self.editor.post("/admin/logout/", {}, on=self.second)
        pages = [self.editor.get("/admin/", on=server).status for server in self.cluster.servers]
        self.expect(pages == [302, 302], f"logged out on {self.second.name}, out of both {pages}")
        self.editor.log_in("ada", PASSWORD, on=self.second)

    def throttles(self):
        """Ten wrong passwords close the door, on whichever servers they were typed."""
        stranger = Browser()
        tries = [stranger.log_in("bob", "wrong", on=self.cluster.servers[n % 2]).status for n in range(12)]
        self.expect(
            tries[:9] == [200] * 9 and tries[10:] == [429, 429],
            f"wrong passwords are counted over both servers {tries}",
        )

    # Comments.

    def approvals(self):
        """Posted on one server, approved on the other, seen on the first within the bound."""
        lags, stale = [], 0
        for number in range(APPROVALS):
            here, there = self.cluster.servers if number % 2 else self.cluster.servers[::-1]
            text = f"Approved elsewhere, number {900_000 + number}."
            status = Browser().post(COMMENTS, comment(text), on=here).status
            if status != 303:
                self.expect(False, f"a comment is taken ({status})")
                return
            Browser().get(ARTICLE, on=here)
            approved = self.approve(text, on=there)
            lag, too_old = seen_after(text, approved, here)
            lags.append(lag)
            stale += too_old
        self.expect(
            None not in lags, f"{APPROVALS} comments are approved on one server and seen on the other"
        )
        worst = max((lag for lag in lags if lag is not None), default=0) * 1000
        self.expect(
            not stale,
            f"no page asked for {BOUND * 1000:.0f} ms after an approval lacked it; the first page with it"
            f" was asked for {worst:.0f} ms after the approval at the latest",
        )

    def sent_twice(self):
        """What a reader does whose server died after it had stored the comment: the same again, elsewhere."""
        from comments.models import Comment

        reader, text, statuses = Browser(), "Sent to both servers, number 800001.", []
        threads = [
            threading.Thread(
                target=lambda on: statuses.append(reader.post(COMMENTS, comment(text), on=on).status),
                args=[server],
            )
            for server in self.cluster.servers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        count = Comment.objects.filter(body=text).count()
        self.expect(
            (statuses, count) == ([303, 303], 1), f"the same comment to both: {statuses}, stored {count}"
        )

    def approve(self, text, *, on):
        from comments.models import Comment

        pk = Comment.objects.get(body=text).pk
        self.editor.get(QUEUE, on=on)
        fields = {"action": "mark_approved", "_selected_action": [pk], "index": 0}
        self.editor.post(QUEUE, fields, on=on)
        return time.monotonic()

    # What dies, and what is restarted.

    def kills(self):
        """Servers are killed one after the other while people read and write."""
        with self.load(first=0) as load:
            time.sleep(2)
            for number in range(KILLS):
                server = self.cluster.servers[number % 2]
                server.kill()
                time.sleep(1)
                server.start()
                # Both at once is more than two servers can bear.
                wait_until_believed(server)
            time.sleep(1)
        self.told_of(load, f"{KILLS} servers were killed (kill -9)")

    def rolling_restart(self, code):
        """One server after the other gets the next release, while people read and write."""
        pages = Browser()
        with self.load(first=100_000) as load:
            self.cluster.site.manage("migrate", "--verbosity", "0", code=code)
            for server in self.cluster.servers:
                with self.cluster.balancer.without(server):
                    server.stop()
                    server.install(code)
                    server.start()
                self.static_files(pages)
            time.sleep(1)
        self.told_of(load, "both servers were moved to another release")
        self.expect(not load.failed_posts, f"no post had to be sent twice ({len(load.failed_posts)})")

    def static_files(self, reader):
        """Whatever page comes from whatever release, the balancer finds its files."""
        named = set()
        for server in self.cluster.servers:
            named |= set(re.findall(r'"(/static/[^"]+)"', reader.get(ARTICLE, on=server).text))
        answers = Counter(
            reader.get(path, on=self.cluster.balancer).status for path in named for _ in range(4)
        )
        self.expect(
            set(answers) == {200}, f"{len(named)} static files of two releases are found {dict(answers)}"
        )

    def load(self, first):
        return Load(self.cluster.balancer, [ARTICLE, "/", "/shows/"], COMMENTS, first=first)

    def told_of(self, load, what):
        from comments.models import Comment

        bodies = Comment.objects.filter(body__in=load.acknowledged).values_list("body", flat=True)
        stored = Counter(bodies)
        lost = set(load.acknowledged) - stored.keys()
        twice = [body for body, count in stored.items() if count > 1]
        print(f"      while {what}: {load.read} pages read, {len(load.acknowledged)} comments acknowledged,"
              f" the slowest page took {load.slowest:.1f} s")  # fmt: skip
        self.expect(
            not load.failed_reads, f"no reader saw an error {Counter(load.failed_reads).most_common(3)}"
        )
        self.expect(not lost, f"no acknowledged comment is lost ({len(lost)})")
        self.expect(
            not twice, f"none is there twice, {len(load.failed_posts)} were sent again after an error"
        )
        self.expect(not load.given_up, "and everybody who tried again was heard in the end")

    # What is away.

    def store_away(self):
        """The store is gone: readers notice nothing, an upload is told."""
        self.cluster.store.kill()
        pages = [Browser().get(ARTICLE, on=server).status for server in self.cluster.servers]
        self.expect(pages == [200, 200], f"without the store pages go on {pages}")
        started = time.monotonic()
        answer = self.editor.upload(UPLOAD, "boat.png", picture("#345678"), on=self.first)
        took = time.monotonic() - started
        self.expect(answer.status == 503, f"an upload is refused ({answer.status} after {took:.1f} s)")


def picture(colour="#27323a"):
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(file, "PNG")
    return file.getvalue()


def newest_original(names):
    return next((name for name in sorted(names) if name.startswith("originals/")), "originals/none.jpg")


def wait_until_believed(server):
    """Until the balancer sends it readers again."""
    before = server.answered()
    wait_until(lambda: server.answered() > before + BELIEVED_AFTER, 60)


def wait_until(is_so, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def seen_after(text, approved, server):
    """When the first page with the text was asked for, and how many past the bound lacked it."""
    reader, too_old = Browser(), 0
    deadline = approved + 10
    while (started := time.monotonic()) < deadline:
        with contextlib.suppress(OSError):
            if text in reader.get(ARTICLE, on=server).text:
                return started - approved, too_old
            too_old += started - approved > BOUND
    return None, too_old
