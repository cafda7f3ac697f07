from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def page(tmp_path):
    import pages

    with pages.visitor(tmp_path / "sager") as made:
        yield made
