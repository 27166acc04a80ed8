"""Who uses the cluster: readers from addresses of their own, and editors who log in."""

import http.client
import itertools
import re
import secrets
import urllib.parse
from http.cookies import SimpleCookie

from .machines import HOST

_numbers = itertools.count(1)
FORM = "application/x-www-form-urlencoded"


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode(errors="replace")


def address_of_ones_own():
    """One of the sixteen million addresses of loopback, so that limits see many networks."""
    number = next(_numbers)
    return f"127.{1 + number // 62500 % 250}.{1 + number // 250 % 250}.{1 + number % 250}"


class Browser:
    """Asks machines for pages, each by a connection of its own; keeps cookies as a browser does."""

    def __init__(self, machine=None):
        self.machine, self.cookies, self.source = machine, {}, address_of_ones_own()

    def ask(self, method, path, body=None, *, on=None, **headers):
        """The answer of a machine; raises OSError or HTTPException where there is none."""
        machine = on or self.machine
        place = (self.source, 0)
        connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=40, source_address=place)
        headers = {"Host": HOST, "Sec-Fetch-Site": "same-origin", "Connection": "close", **headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, headers)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: part.value for name, part in SimpleCookie(cookie).items()}
        return answer

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, fields, **options):
        fields = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        body = urllib.parse.urlencode(fields, doseq=True)
        return self.ask("POST", path, body, **{"Content-Type": FORM, **options})

    def log_in(self, username, password, *, on):
        self.get("/admin/login/", on=on)
        fields = {"username": username, "password": password, "next": "/admin/"}
        return self.post("/admin/login/", fields, on=on)

    def upload(self, path, name, content, *, on):
        """Send one file, as the script of the picture library does."""
        line = secrets.token_hex(16)
        parts = [("csrfmiddlewaretoken", None, self.cookies["csrftoken"].encode()), ("file", name, content)]
        body = b"".join(
            f'--{line}\r\nContent-Disposition: form-data; name="{field}"'.encode()
            + (f'; filename="{file}"'.encode() if file else b"") + b"\r\n\r\n" + value + b"\r\n"
            for field, file, value in parts
        )  # fmt: skip
        options = {"Content-Type": f"multipart/form-data; boundary={line}", "Accept": "application/json"}
        return self.ask("POST", path, body + f"--{line}--\r\n".encode(), on=on, **options)


def comment(text):
    number = re.sub(r"\D", "", text)
    return {"comment": text, "name": "Reader", "email": f"r{number}@reader.test", "website": "", "parent": ""}
