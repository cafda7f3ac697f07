"""`python tools/compile_rules.py`: writes compiled.json beside docgen's own rule files, as `python -m nlp.rulebook` does for nlp's."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from docgen.kinds import KINDS  # noqa: E402
from nlp import registry  # noqa: E402
from nlp.rulebook import COMPILED, compile_folder  # noqa: E402

for folder in sorted(path for path in (ROOT / "docgen" / "rules").iterdir() if any(path.glob("*.yaml"))):
    (folder / COMPILED).write_text(compile_folder(folder, registry.kinds(KINDS)), encoding="utf-8")
