"""docgen's own rules are read as fast as nlp's."""

from pathlib import Path

import pytest

import docgen
from docgen.kinds import KINDS
from nlp import registry
from nlp.rulebook import COMPILED, compile_folder

FOLDERS = sorted(path for path in (Path(docgen.__file__).parent / "rules").iterdir() if any(path.glob("*.yaml")))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_compiled_rules_are_fresh(folder):
    """De oversatte regler svarer til regelfilerne: kør `python tools/compile_rules.py` efter en ændring."""
    assert compile_folder(folder, registry.kinds(KINDS)) == (folder / COMPILED).read_text(encoding="utf-8")
