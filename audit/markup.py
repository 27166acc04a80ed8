"""The Nu Html Checker on every page that was crawled: no error, no warning."""

import json
import subprocess
import tempfile
from pathlib import Path

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def faults(pages):
    """What the checker says of the pages' HTML; one process for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, page in enumerate(page for page in pages if page.is_html):
            path = Path(folder) / f"{number}.html"
            path.write_bytes(page.body)
            names[path.name] = page.asked
        command = ["java", "-jar", JAR, "--format", "json", "--exit-zero-always", *Path(folder).iterdir()]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    # The checker writes its findings to where other programs write their errors.
    messages = json.loads(done.stderr)["messages"]
    return [f"{names[Path(m['url']).name]}: {m['message']} ({m.get('extract', '')!r})" for m in messages]
