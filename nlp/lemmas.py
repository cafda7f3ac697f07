"""Danish lemmas from a table: word form and part of speech -> base form.

The table holds the endings that Danish inflection follows, learnt from a treebank, and the forms that do not follow
them; a word never seen is lemmatized by the longest ending that is known for its part of speech. Without a trained
lemmatizer, and better than one (see nlp/training/MODELCARD.md).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_ENDING = 6
FILE = "lemmas.json"
KEEPS_CASE = frozenset(("PROPN", "X", "SYM"))


@dataclass(slots=True)
class Lemmas:
    """`endings`: part of speech -> ending -> (letters to cut, letters to add); `forms`: part of speech -> form -> lemma."""

    endings: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, form: str, upos: str) -> str:
        """The lemma of a word form as it is written in the text."""
        if upos in KEEPS_CASE and not form.islower():
            known = self.forms.get(upos, {}).get(form)
            return known or self._by_ending(form, upos)
        lower = form.lower()
        return self.forms.get(upos, {}).get(lower) or self._by_ending(lower, upos)

    def _by_ending(self, form: str, upos: str) -> str:
        endings = self.endings.get(upos, {})
        for length in range(min(LONGEST_ENDING, len(form)), -1, -1):
            edit = endings.get(form[len(form) - length :])
            if edit is not None and len(form) - edit[0] + len(edit[1]) > 1:
                return form[: len(form) - edit[0]] + edit[1]
        return form

    @classmethod
    def learn(cls, examples: Iterable[tuple[str, str, str]]) -> Lemmas:
        """From (form, part of speech, lemma), one for each occurrence in the treebank."""
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for form, upos, lemma in examples:
            kept = form if upos in KEEPS_CASE and not form.islower() else form.lower()
            counts[kept, upos][lemma] += 1
        known = {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}
        votes: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
        for (form, upos), lemma in known.items():
            for length in range(min(LONGEST_ENDING, len(form)) + 1):
                votes[upos, form[len(form) - length :]][_edit(form, lemma)] += 1
        table = cls()
        for (upos, ending), edits in sorted(votes.items(), key=lambda vote: len(vote[0][1])):
            edit, count = edits.most_common(1)[0]
            inherited = table._edit_of(ending[1:], upos) if ending else None
            if not ending or (count > 1 and edit != inherited):
                table.endings.setdefault(upos, {})[ending] = edit
        for (form, upos), lemma in known.items():
            if table._by_ending(form, upos) != lemma:
                table.forms.setdefault(upos, {})[form] = lemma
        return table

    def _edit_of(self, ending: str, upos: str) -> tuple[int, str] | None:
        endings = self.endings.get(upos, {})
        for start in range(len(ending) + 1):
            if ending[start:] in endings:
                return endings[ending[start:]]
        return None

    def to_file(self, path: Path) -> None:
        data = {"endings": self.endings, "forms": self.forms}
        path.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")

    @classmethod
    def from_file(cls, path: Path) -> Lemmas:
        data = json.loads(path.read_text("utf-8"))
        endings = {
            upos: {e: (cut, add) for e, (cut, add) in table.items()}
            for upos, table in data["endings"].items()
        }
        return cls(endings, data["forms"])


def _edit(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


HELPING = frozenset(("aux", "aux:pass", "cop"))


def settled(token: Token) -> str:
    """The part of speech where tagger and parser disagree most, settled by the tree.

    A verb is AUX where it helps another word, and VERB where it does not; a pronoun that determines a noun is DET; "som"
    before what it compares with is ADP.
    """
    if token.pos_ in ("AUX", "VERB"):
        return "AUX" if token.dep_ in HELPING else "VERB"
    if token.pos_ == "PRON":
        if token.dep_ == "det":
            return "DET"
        if token.lower_ == "som" and token.dep_ in ("case", "mark"):
            return "ADP"
    return token.pos_


class Lemmatizer:
    """The table as a component of a spaCy pipeline; wants parts of speech and dependencies, sets `token.lemma_`.

    First it lets the tree settle some parts of speech, see `settled`.
    """

    def __init__(self, lemmas: Lemmas | None = None):
        self.lemmas = lemmas or Lemmas()

    def __call__(self, doc: Doc) -> Doc:
        parsed = doc.has_annotation("DEP")
        for token in doc:
            if parsed:
                token.pos_ = settled(token)
            token.lemma_ = self.lemmas.of(token.text, token.pos_)
        return doc

    def score(self, examples, **_) -> dict[str, float]:
        from spacy.scorer import Scorer

        return Scorer.score_token_attr(examples, "lemma")

    def to_disk(self, path: str | Path, **_) -> None:
        Path(path).mkdir(exist_ok=True)
        self.lemmas.to_file(Path(path) / FILE)

    def from_disk(self, path: str | Path, **_) -> Lemmatizer:
        self.lemmas = Lemmas.from_file(Path(path) / FILE)
        return self
