"""Looking for a few strings before an expression is run never hides what the expression would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import dates, sources
from nlp.evidence.cues import cues
from nlp.screen import Screened, folded

EXPRESSIONS = [
    r"(?:den|d\.)\s*\d{1,2}\.?\s*(?:januar|jan|juni|juli)\b",
    r"læge(?:attest(?:en)?|erklæring)|speciallæge(?=\w*)",
    r"(?:ikke )?[abk]?ergo(?:terapi|-)?(?:rapport|notat){1,2}",
    r"(?>uge(?:rne)?)\s[1-4]\d|kvartal",
    r"[iI]følge (?:hans|hende?s)",
    r"x*|ingen",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@given(data=st.data())
def test_whatever_an_expression_matches_passes_its_screen(expression, data):
    """Det, et udtryk passer på, slipper altid igennem, uanset store og små bogstaver og hvad der står omkring det."""
    pattern = re.compile(expression, re.IGNORECASE)
    text = data.draw(st.from_regex(pattern)) if "?>" not in expression else data.draw(st.sampled_from(["i uge 35", "UGERNE 12", "kvartal"]))
    screened = Screened(expression)
    assert pattern.search(text)
    assert screened.may_match(folded(text)), (text, screened.needs)
    assert [m.span() for m in screened.finditer(text, folded(text))] == [m.span() for m in pattern.finditer(text)]


def test_a_sentence_without_what_is_needed_is_left_alone():
    """En sætning uden tal eller måned bliver ikke gennemsøgt for datoer."""
    screened = Screened(r"den \d+\. (?:maj|juni)")
    assert screened.search("Den 3. maj", folded("Den 3. maj"))
    assert not screened.may_match(folded("Borgeren kom den dag"))
    assert not screened.may_match(folded("den 3. april"))


def test_each_shipped_expression_has_something_to_look_for():
    """Hver kilde, dato og vending i regelbogen har noget, man kan lede efter først."""
    screens = [source.screen for source in sources.lexicon()]
    screens += [screen for screen, _ in dates._PATTERNS]
    screens += [screen for stage in cues().values() for cue in stage for screen in cue.patterns]
    assert all(screen.needs for screen in screens)


def test_every_source_example_passes_its_screen():
    """Hvert eksempel på en kilde findes også, når der først ledes efter dens ord."""
    for source in sources.lexicon():
        for example in source.examples:
            assert source.screen.search(example, folded(example)), (source.id, example)
