"""axe on every kind of page, at three widths, light and dark."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (390, 768, 1280)
SCHEMES = ("light", "dark")
# Targets of 24 px are a rule of WCAG 2.2, which axe leaves out unless it is asked.
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def violations(browser, pages):
    """What axe finds on these pages (`{kind: Page}`), each named by rule and element."""
    findings = []
    for width in WIDTHS:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 860}, color_scheme=scheme, reduced_motion="reduce"
            )
            for page in pages.values():
                tab = context.new_page()
                tab.goto(page.asked)
                findings += [f"{page.asked} ({width} px, {scheme}): {said}" for said in found_on(tab)]
                tab.close()
            context.close()
    return findings


def found_on(tab):
    rules = Axe().run(tab, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in rules for node in rule["nodes"]]
