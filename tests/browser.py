"""Fixtures for tests in a real browser: `page`, and `open_page` where a story has several people.

A page that logs an error to the console, breaks the Content-Security-Policy or cannot load something fails
its test, unless the test said `page_problems.allow("part of the message")` first.
"""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
IS_REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FIXTURES = {"browser", "open_page", "page"}
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
    `securitypolicyviolation: ${event.effectiveDirective} forbids ${event.blockedURI} in ${event.sourceFile}`
));
"""


def pytest_sessionstart(session):
    if IS_REQUIRED and not CHROMIUM:
        raise pytest.UsageError("REQUIRE_BROWSER=1, but neither chromium nor google-chrome is on the PATH.")


def pytest_collection_modifyitems(items):
    for item in items:
        if FIXTURES.intersection(item.fixturenames):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium found"))


def pytest_terminal_summary(terminalreporter):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped and not CHROMIUM:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were left out: install chromium (or google-chrome) to run them.",
            yellow=True,
        )


class PageProblems:
    """What went wrong in the pages of one test, as sentences."""

    def __init__(self):
        self.messages = []
        self.allowed = []

    def allow(self, *parts):
        """From now on messages that contain one of `parts` are no failure of this test."""
        self.allowed.extend(parts)

    def watch(self, page):
        page.on("console", self.console_message)
        page.on("pageerror", lambda error: self.messages.append(f"script error: {error}"))
        page.on("requestfailed", self.failed_request)

    def console_message(self, message):
        if message.type == "error":
            self.messages.append(f"console: {message.text} ({message.location.get('url', '')})")

    def failed_request(self, request):
        # Leaving a page aborts what it was still loading; that is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.messages.append(f"could not load {request.url}: {request.failure}")

    def left_over(self):
        return [text for text in self.messages if not any(part in text for part in self.allowed)]


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, one for all tests of a worker."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_problems():
    problems = PageProblems()
    yield problems
    if problems.left_over():
        pytest.fail("The browser reported:\n" + "\n".join(problems.left_over()), pytrace=False)


@pytest.fixture
def open_page(browser, live_server, page_problems):
    """A function that opens an empty page for one more person; takes Playwright's context options.

    Addresses are relative to the live server: `open_page(color_scheme="dark").goto("/")`.
    """
    contexts = []

    def open_page(**options):
        context = browser.new_context(**{"base_url": live_server.url, **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        page_problems.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """One empty browser page on the live server."""
    return open_page()
