"""Who says it, by the parser: for what a window of words cannot see.

Climbs from the asked word to the verbs above it. A verb of saying whose complement holds the word gives its subject's
voice; so does a phrase with "ifølge". Labels of complements are not to be trusted in Danish treebank parses, so what
counts is which verb is above, and on which side of it the word stands.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nlp import language, scope
from nlp.memory import Memory

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ACCORDING = frozenset(("ifølge", "iflg.", "ifl."))
BESIDE = frozenset(("i", "på", "med", "ved", "under", "uden", "for", "til", "hos", "efter"))
NOT_NEEDED = frozenset(
    ("morphologizer", "tagger", "attribute_ruler", "lemmatizer", "senter", language.LEMMATIZER)
)
OWN_VIEW = frozenset(
    [
        "opfattelse",
        "udsagn",
        "mening",
        "vurdering",
        "oplevelse",
        "oplysning",
        "oplysninger",
        "forklaring",
        "skøn",
    ]
)
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj", "expl"))
# "giver udtryk for", "gør gældende": the noun or adjective that makes a light verb one of saying.
LIGHT = {
    "udtryk": "give", "gældende": "make", "opmærksom": "make", "rede": "make",
    "opfattelse": "have", "oplevelse": "have", "mening": "have", "indtryk": "have",
}  # fmt: skip


def voice(sentence: str, start: int, end: int, pipeline: str | None = None) -> str:
    """The kind of speaker whose words `sentence[start:end]` is: one of scope.SPEAKERS or "unknown".

    "authority" if nobody is found: then it is the author who speaks.
    """
    model = language.pipeline(pipeline)

    def ask() -> str:
        with language.passing(model):
            return _voice(parsed(sentence, pipeline), start, end)

    return _voices.get((model, sentence, start, end), ask)


_voices: Memory[str] = Memory(2048)


@cache
def _saying() -> tuple[frozenset[str], frozenset[str]]:
    words = scope.lexicon()
    return words.forms("say"), words.forms("passive_say") | {
        "vurderes",
        "skønnes",
        "fremgår",
        "fremgik",
        "står",
    }


def parsed(sentence: str, pipeline: str | None = None) -> Doc:
    """The parse of one sentence, kept in one piece."""
    model = language.pipeline(pipeline)
    doc = model.make_doc(sentence)
    for token in doc:
        token.is_sent_start = token.i == 0
    for name, component in model.pipeline:
        if name not in NOT_NEEDED:
            doc = component(doc)
    return doc


def _voice(doc: Doc, start: int, end: int) -> str:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return "authority"
    word = span.root
    own = None
    below, at = word, word
    seen = 0
    while seen < len(doc):
        seen += 1
        found = _at(at, below, word)
        if found not in (None, "authority"):
            return found
        own = own or found
        if at.head == at:
            break
        below, at = at, at.head
    return "authority"


def _at(verb: Token, below: Token, word: Token) -> str | None:
    """The voice that `verb` lends to `word`, which hangs below it through `below`; None if it lends none."""
    for child in verb.children:
        if (
            child.dep_ in ("obl", "nmod", "advmod", "obl:agent")
            and child is not below
            and word not in child.subtree
        ):
            if any(c.lower_ in ACCORDING for c in child.children):
                return _kind(child)
            if child.lower_ in OWN_VIEW and any(c.lower_ == "efter" for c in child.children):
                return _owner(child)
        if child.dep_ in ("parataxis", "advcl", "conj") and child is not below and _is_inserted(child, word):
            subject = _subject(child)
            if subject is not None:
                return _kind(subject)
    if verb is word or verb is below:
        return None
    active, passive = _saying()
    lower = verb.lower_
    if below.dep_ in SUBJECTS and below.i < verb.i and not any(c.dep_ == "mark" for c in below.children):
        return None  # the word belongs to the subject: "den dovne borger siger ..."
    if below.dep_ in ("obl", "nmod", "advmod") and any(c.lower_ in BESIDE and c.dep_ == "case" for c in below.children):
        return None  # "oplyser i en irriteret tone": how or where it is said
    if below.dep_ in ("conj", "cc", "advcl") and below.dep_ != "ccomp" and not _complement(below, verb):
        return None
    if lower in active and not _has_passive(verb):
        subject = _subject(verb)
        return _kind(subject) if subject is not None else None
    if lower in passive or (lower in active and _has_passive(verb)):
        for child in verb.subtree:
            if (
                any(c.lower_ in ("af", "fra", "i") and c.dep_ == "case" for c in child.children)
                and word not in child.subtree
            ):
                kind = scope.lexicon().kind(child.lower_)
                if kind:
                    return kind
        return "authority" if lower in ("vurderes", "skønnes") else "unknown"
    for child in verb.children:
        light = LIGHT.get(child.lower_)
        if light and (lower in scope.lexicon().forms("light")):
            subject = _subject(verb)
            if subject is not None:
                return _kind(subject)
    return None


def _complement(below: Token, verb: Token) -> bool:
    """Whether a clause is what is said, and not a clause beside it: it begins with "at", "om" or a question word."""
    marks = {c.lower_ for c in below.children if c.dep_ == "mark" or c.i < below.i}
    return bool(marks & {"at", "om", "hvordan", "hvorfor", "hvornår"}) and below.i > verb.i


def _is_inserted(verb: Token, word: Token) -> bool:
    """Whether a verb of saying stands beside the word's clause: "hun er træt, oplyser hun"."""
    active, _ = _saying()
    if verb.lower_ not in active:
        return False
    subject = _subject(verb, climb=False)
    follows = any(c.i > verb.i and (c.dep_ in ("ccomp", "obj", "xcomp")) for c in verb.children)
    return subject is not None and subject.i > verb.i and not follows


def _has_passive(verb: Token) -> bool:
    return any(
        c.lower_ in ("blev", "bliver", "blevet", "er", "var") and c.dep_ in ("aux", "aux:pass", "cop")
        for c in verb.children
    )


def _subject(verb: Token, climb: bool = True) -> Token | None:
    """The subject of a verb, its own or the one it shares: a relative pronoun stands for the noun before it."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubj:pass"):
            if child.lower_ in ("der", "som") and verb.dep_.startswith("acl"):
                return verb.head
            return child
    if verb.dep_.startswith("acl") and any(c.lower_ in ("der", "som") for c in verb.children):
        return verb.head
    if climb and verb.dep_ in ("conj", "xcomp", "aux") and verb.head is not verb:
        return _subject(verb.head)
    return None


def _owner(noun: Token) -> str:
    for child in noun.children:
        kind = scope.lexicon().kind(child.lower_)
        if kind:
            return kind
    return "citizen"


def _kind(noun: Token) -> str:
    """The kind of speaker a noun phrase names: its head, or a word that stands by it (titles before names)."""
    kinds = scope.lexicon()
    near = [noun, *(c for c in noun.children if c.dep_ in ("flat", "appos", "compound", "nmod"))]
    if noun.dep_ in ("flat", "appos"):
        near.append(noun.head)
    for token in near:
        kind = kinds.kind(token.lower_)
        if kind:
            return kind
    if noun.lower_ in ("der", "som", "det"):
        return "unknown"
    return "citizen" if noun.lower_ in ("selv", "sig") else "unknown"
