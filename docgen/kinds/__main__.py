"""`python -m docgen.kinds`: writes compiled.json beside docgen's own rule files, as `python -m nlp.rulebook` does for nlp's."""

from pathlib import Path

from docgen.kinds import KINDS
from nlp import registry
from nlp.rulebook import COMPILED, compile_folder

for folder in sorted(path for path in (Path(__file__).parents[1] / "rules").iterdir() if any(path.glob("*.yaml"))):
    (folder / COMPILED).write_text(compile_folder(folder, registry.kinds(KINDS)), encoding="utf-8")
