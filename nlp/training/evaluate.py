"""Scores of a pipeline on raw text, by spaCy's own scorer: what is printed beside da_core_news_sm's published figures."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.training import corpus

if TYPE_CHECKING:
    from spacy.language import Language

# da_core_news_sm 3.8.0, as published in explosion/spacy-models (meta/da_core_news_sm-3.8.0.json).
PUBLISHED = {
    "pos_acc": 95.0,
    "morph_acc": 93.7,
    "dep_uas": 80.0,
    "dep_las": 75.6,
    "sents_f": 88.1,
    "lemma_acc": 94.4,
}
SCORES = ("token_f", *PUBLISHED)


def scores(language: Language, treebank: Path, split: str) -> dict[str, float]:
    """Per cent, to one decimal; `words_per_second` is per CPU-second, for the whole pipeline."""
    from spacy.scorer import Scorer
    from spacy.tokens import DocBin
    from spacy.training import Example

    gold_documents = corpus.evaluation_documents(corpus.read(treebank, split))
    documents = list(DocBin().from_bytes(DocBin(docs=gold_documents).to_bytes()).get_docs(language.vocab))
    examples = [Example(language.make_doc(gold.text), gold) for gold in documents]
    found = Scorer.score_tokenization(examples) | language.evaluate(examples)
    texts = [gold.text for gold in documents]
    before = time.process_time()
    words = sum(len(doc) for doc in language.pipe(texts))
    speed = words / (time.process_time() - before)
    return {name: round(100 * found[name], 1) for name in SCORES} | {"words_per_second": round(speed, -2)}


def table(columns: dict[str, dict[str, float]]) -> str:
    """A Markdown table: a row a score, a column a pipeline."""
    names = list(columns)
    rows = [["", *names], ["---"] + ["---:"] * len(names)]
    for score in (*SCORES, "words_per_second"):
        rows.append([score, *(str(columns[name].get(score, "–")) for name in names)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
