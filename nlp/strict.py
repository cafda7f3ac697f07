"""How the models of what people write in data files are set: unknown keys are errors."""

from __future__ import annotations

from pydantic import ConfigDict

# The validator is made when something is first validated: what comes from compiled.json was validated when that was made.
STRICT = ConfigDict(extra="forbid", defer_build=True)
