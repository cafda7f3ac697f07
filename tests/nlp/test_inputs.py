"""Which inputs a document must show, and what is said of those that are not there."""

import datetime

import pytest

import nlp
from nlp.evidence import find
from nlp.inputs import CANNOT_TELL, FOUND, NOT_FOUND, answers, outstanding, required, requirements, supposed
from nlp.model import INPUTS, Document, Facts

LETTER = datetime.date(2026, 11, 22)
PARTS = {
    "medical": "LÆ 265 af 3. oktober 2026 fra egen læge beskriver slidgigt i begge knæ.",
    "ot": "Ergoterapeutisk vurdering af 12. oktober 2026 viser, at du kan stå op i 20 minutter.",
    "sundhedskoordinator": "Sundhedskoordinatorens udtalelse af 30. oktober 2026 peger på skånehensyn.",
    "partshoering": "Du blev partshørt den 2. november 2026.",
    "borger_inddraget": "Du har den 9. november 2026 fortalt, at du helst vil arbejde siddende.",
}
RULES = {
    "medical": "medicinsk-input-mangler",
    "ot": "ergoterapi-input-mangler",
    "sundhedskoordinator": "sundhedskoordinator-mangler",
    "partshoering": "partshoering-mangler",
}
REFUSAL = Facts(kind="afgoerelse", scheme="fleksjob", outcome="afslag", decision_date=LETTER)


@pytest.fixture(scope="module")
def linter():
    return nlp.load()


def letter(*left_out):
    return "Du får ikke fleksjob. " + " ".join(text for name, text in PARTS.items() if name not in left_out)


def answered(text, facts):
    document = Document.of_text(text)
    return {a.requirement.input: a for a in answers(document, facts, find(document, facts))}


def names(linter, text, **facts):
    return {f.name for f in linter.lint(text, **facts) if f.category == "manglende_input"}


def test_every_line_of_the_matrix_says_what_it_rests_on():
    """Hvert krav siger, om det er lov eller kommunens politik, og hvor sikkert det er."""
    for requirement in requirements():
        assert requirement.input in INPUTS
        assert requirement.basis in ("lov", "praksis", "kommunens politik")
        assert requirement.status in ("verificeret", "verificeret (sekundær)", "afledt", "ubekraeftet")
        assert requirement.source


def test_occupational_therapy_is_policy_and_medical_evidence_is_law():
    """Lægelig oplysning er et lovkrav; ergoterapeutens bidrag er kommunens politik."""
    basis = {r.input: r.basis for r in required(REFUSAL)}
    assert (basis["medical"], basis["ot"]) == ("lov", "kommunens politik")


@pytest.mark.parametrize("name", RULES)
def test_removing_one_input_makes_its_own_rule_speak(linter, name):
    """Fjernes ét bidrag fra et fuldstændigt brev, er det netop det, der meldes."""
    facts = {"kind": "afgoerelse", "scheme": "fleksjob", "outcome": "afslag", "decision_date": LETTER}
    assert names(linter, letter(), **facts) == set()
    assert names(linter, letter(name), **facts) == {RULES[name]}


def test_without_the_citizens_voice_the_letter_is_asked_how_the_citizen_took_part(linter):
    """Hverken samtale, høring eller borgerens egne ord: så meldes det."""
    text = letter("partshoering", "borger_inddraget")
    facts = {"kind": "afgoerelse", "scheme": "fleksjob", "outcome": "afslag", "decision_date": LETTER}
    assert names(linter, text, **facts) == {"partshoering-mangler", "borger-ikke-inddraget"}


def test_with_only_the_kind_known_the_plain_cases_are_still_found(linter):
    """Også når kun dokumenttypen er kendt, meldes det, der tydeligt mangler."""
    assert "medicinsk-input-mangler" in names(linter, "Du får ikke fleksjob.", kind="afgoerelse")
    assert "partshoering-mangler" in names(linter, "Du får ikke fleksjob.", kind="afgoerelse")
    assert "sundhedskoordinator-mangler" in names(linter, "Du får ikke fleksjob.", kind="afgoerelse")


def test_an_unknown_kind_is_no_alarm(linter):
    """Uden dokumenttype ved ingen, hvad der kræves."""
    assert names(linter, "Du får ikke fleksjob.") == set()


def test_a_letter_that_asks_for_an_attest_needs_none(linter):
    """En anmodning om en attest og en partshøring skal ikke selv vise bidragene."""
    for kind in ("attestanmodning", "partshoering", "gennemgang"):
        assert names(linter, "Vi beder om en LÆ 265 om borgerens arbejdsevne.", kind=kind, decision_date=LETTER) == set()


def test_the_next_caseworker_is_told_what_is_still_awaited(linter):
    """I et overdragelsesnotat skal det ses, hvad der er bestilt og ikke kommet."""
    text = "Vi har bedt lægen om en LÆ 265 den 2. november 2026."
    assert names(linter, text, kind="overdragelsesnotat", decision_date=LETTER) == {"input-bestilt-ikke-modtaget"}


def test_a_request_does_not_fill_the_gap(linter):
    """En bestilt attest er ikke en attest, og beskeden siger, at den kun er bestilt."""
    text = letter("medical") + " LÆ 265 er rekvireret den 2. november 2026."
    found = [f for f in linter.lint(text, kind="afgoerelse", scheme="fleksjob", outcome="afslag", decision_date=LETTER) if f.name == "medicinsk-input-mangler"]
    assert len(found) == 1 and "bestilt" in found[0].message and "lovkrav" in found[0].message


def test_the_answer_is_cannot_tell_where_nothing_is_said_of_function():
    """Beskriver teksten ingen funktionsevne, kan det ikke afgøres, om en ergoterapeut burde have bidraget."""
    text = "Du får ikke fleksjob. LÆ 265 af 3. oktober 2026 fra egen læge beskriver diagnosen."
    assert answered(text, REFUSAL)["ot"].answer == CANNOT_TELL
    assert answered(letter(), REFUSAL)["ot"].answer == FOUND
    assert answered(letter("ot"), REFUSAL)["ot"].answer == NOT_FOUND


def test_a_full_grant_needs_no_hearing():
    """En fuld bevilling kræver ikke partshøring, en delvis gør."""
    assert "partshoering" not in answered("Du får fleksjob.", Facts(kind="afgoerelse", scheme="fleksjob", outcome="bevilling"))
    assert "partshoering" in answered("Du får fleksjob.", Facts(kind="afgoerelse", scheme="fleksjob", outcome="delvis_bevilling"))


def test_the_advice_rests_on_other_law_after_the_summer_of_2026():
    """Kravet om sundhedskoordinator hviler på andre regler efter 1. juli 2026, og det nye grundlag vises som afledt."""
    old = next(r for r in required(Facts(kind="afgoerelse", scheme="fleksjob", decision_date=datetime.date(2026, 3, 1))) if r.input == "sundhedskoordinator")
    new = next(r for r in required(Facts(kind="afgoerelse", scheme="fleksjob", decision_date=LETTER)) if r.input == "sundhedskoordinator")
    assert (old.status, new.status) == ("verificeret", "afledt")


def test_scheme_and_outcome_are_read_from_a_plain_letter():
    """»Du får ikke førtidspension« er et afslag på førtidspension."""
    facts = supposed("Du får ikke førtidspension. Vi tilbyder fleksjob.", Facts(kind="afgoerelse"))
    assert (facts.scheme, facts.outcome) == ("foertidspension", "afslag")


def test_an_answered_request_is_not_outstanding():
    """Er svaret kommet efter anmodningen, udestår det ikke."""
    asked = "LÆ 125 er rekvireret den 2. oktober 2026."
    came = " Det fremgår af LÆ 125 af 20. oktober 2026, at tilstanden er uændret."
    facts = Facts(decision_date=LETTER)
    assert len(outstanding(find(Document.of_text(asked), facts), facts)) == 1
    assert outstanding(find(Document.of_text(asked + "\n" + came), facts), facts) == []
