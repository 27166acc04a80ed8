"""Style, templates, missing migrations and production settings; every step runs, and each fault is told."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
# What docs/deploying.md tells an owner to set; only the key is not to be found in a public file.
PRODUCTION = {"ENV_FILE": str(ROOT / "docs" / "production.env"), "SECRET_KEY": secrets.token_urlsafe(50)}
NO_ENV_FILE = {"ENV_FILE": os.devnull}


def main():
    templates = sorted(map(str, (ROOT / "templates").rglob("*.html")))
    steps = [
        (["ruff", "check", "."], {}),
        (["ruff", "format", "--check", "."], {}),
        (["djade", "--check", "--target-version", "6.1", *templates], {}),
        (["python", "manage.py", "makemigrations", "--check", "--dry-run"], NO_ENV_FILE),
        (["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ]
    failed = [" ".join(command[:4]) for command, settings in steps if not passes(command, settings)]
    if failed:
        sys.exit(f"Lint failed: {'; '.join(failed)}.")
    print("Lint passed.")


def passes(command, settings):
    program, *arguments = command
    print(f"$ {' '.join(command[:5])}", flush=True)
    environment = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ
    } | settings
    return not subprocess.run([PROGRAMS / program, *arguments], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    main()
