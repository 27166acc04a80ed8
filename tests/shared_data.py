"""Real inputs beside the project: tests pass them by where they are missing, unless SHARED_DATA is set."""

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(os.environ.get("SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
needs_shared_data = pytest.mark.skipif(
    not os.environ.get("SHARED_DATA") and not SHARED_DATA.is_dir(), reason="the shared data is not here"
)
