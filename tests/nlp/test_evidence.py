"""What counts as evidence, and what only looks like it."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlp.evidence import find, newest, weighing
from nlp.evidence.cues import STAGES, cues
from nlp.model import INPUTS, STATUSES, Document, Facts
from nlp.sources import lexicon, mentions, read
from nlp.training import evidence as training

LETTER = datetime.date(2026, 11, 22)
GOLD = Path(__file__).parents[1] / "gold" / "evidence"


def evidence(text, name=None, **facts):
    found = find(Document.of_text(text), Facts(decision_date=LETTER, **facts))
    return [e for e in found if name is None or e.input == name]


def only(text, name):
    (found,) = evidence(text, name)
    return found


@pytest.mark.parametrize("source", lexicon(), ids=lambda source: source.id)
def test_each_source_is_found_by_its_own_examples(source):
    """Hver attest, undersøgelse og faggruppe kendes på sine egne eksempler."""
    assert source.examples
    for example in source.examples:
        assert source.id in {m.source.id for m in mentions(f"Det fremgår af {example} fra lægen eller psykiatrien.")}, example
    for example in source.counterexamples:
        assert source.id not in {m.source.id for m in mentions(example)}, example


@pytest.mark.parametrize("cue", [cue for stage in STAGES for cue in cues()[stage]], ids=lambda cue: cue.id)
def test_each_cue_gives_its_status_in_its_own_examples(cue):
    """Hver vending, der afgør om noget mangler, er bestilt eller afslået, virker i sine egne eksempler."""
    assert cue.examples
    for example in cue.examples:
        assert cue.status in {e.status for e in evidence(example["text"], example["input"])}, example["text"]


def gold(name):
    data = YAML(typ="safe").load((GOLD / name).read_text(encoding="utf-8"))
    return data["items"] if isinstance(data, dict) else data


def read_right(item):
    """Whether each labelled input of a passage is found with its status and, where labelled, its date."""
    found = evidence(item["text"])
    for label in item["expect"]:
        fitting = [e for e in found if (e.input, e.status) == (label["input"], label["status"])]
        wanted = label.get("date") and str(label["date"])
        if not label.get("optional") and not any("date" not in label or (e.date and str(e.date)) == wanted for e in fitting):
            return False
    return True


@pytest.mark.parametrize("name", sorted(path.name for path in GOLD.glob("dev*.yaml")))
def test_labelled_passages_are_understood(name):
    """Dokument, status og dato læses rigtigt i de passager, der er lært af."""
    wrong = [item["id"] for item in gold(name) if not read_right(item)]
    assert len(wrong) <= 0.06 * len(gold(name)), wrong


def test_the_weights_know_what_they_were_learnt_from():
    """Hvad et dokument er værd i en passage, læres af mærkede passager; de kendes igen, ellers er vægtene forældede."""
    read_right = [
        weighing.likeliest(traits) == status
        for items in (training.own_passages(), training.cue_examples(), gold("dev_more.yaml"))
        for traits, status in training.statuses(items)
    ]
    assert sum(read_right) >= 0.97 * len(read_right) > 500


def test_the_wrong_profession_never_counts_whatever_is_said():
    """Uanset ordene bliver en kiropraktor ikke til en læge og en anmodning ikke til en attest."""
    for text in ("Kiropraktoren konkluderer den 3. november 2026, at ryggen er slidt.", "LÆ 261 af 3. november 2026 beskriver slidgigt."):
        assert only(text, "medical").status not in ("present", "outdated")


def test_a_request_is_no_evidence_and_its_answer_is():
    """LÆ 261 er kommunens anmodning; først LÆ 265 er lægens svar."""
    assert only("Det fremgår af LÆ 261 af 12. oktober 2026, at borgeren har ondt.", "medical").status == "requested"
    assert only("Det fremgår af LÆ 265 af 12. oktober 2026, at borgeren har ondt.", "medical").status == "present"


def test_a_no_in_what_the_doctor_says_is_not_a_missing_doctor():
    """»Lægen vurderer, at borgeren ikke kan løfte« er lægelig dokumentation."""
    assert only("Lægen vurderer, at borgeren ikke kan løfte.", "medical").status == "present"


def test_type_date_author_and_profession_are_told():
    """En henvisning har dokument, dato, navn og fag."""
    found = only("Det fremgår af LÆ 265 af 12.09.2026 fra praktiserende læge N.N., at smerterne forværres.", "medical")
    assert (found.document, found.date, found.author, found.profession) == ("LÆ 265", datetime.date(2026, 9, 12), "N.N.", "læge")


def test_the_wrong_profession_does_not_count():
    """En fysioterapeut er ikke ergoterapeut, og kommunens lægekonsulent er ikke sundhedskoordinator."""
    assert only("Fysioterapeuten vurderer, at borgeren kan gå 200 meter.", "ot").status == "mentioned_only"
    assert only("Kommunens lægekonsulent vurderer, at borgeren kan arbejde.", "sundhedskoordinator").status == "mentioned_only"


@pytest.mark.parametrize("text", read("remit.yaml")["ot"]["examples"])
def test_an_occupational_therapists_word_on_a_diagnosis_is_no_medical_evidence(text):
    """En diagnose fra en ergoterapeut er ikke lægelig dokumentation."""
    found = only(text, "medical")
    assert (found.status, found.profession) == ("mentioned_only", "ergoterapeut")


@pytest.mark.parametrize("text", read("remit.yaml")["ot"]["beyond_examples"])
def test_what_an_instrument_does_not_measure_does_not_count(text):
    """AMPS måler ikke hukommelse, og en ergoterapeut stiller ingen diagnose."""
    assert only(text, "ot").status == "mentioned_only"


@pytest.mark.parametrize("text", read("remit.yaml")["ot"]["not"])
def test_an_occupational_therapists_word_on_function_is_within_the_remit(text):
    """Ergoterapeutens vurdering af funktion er hendes eget fag."""
    assert evidence(text, "medical") == []


def test_freshness_is_the_municipalitys_own_limit():
    """Hvor gammel en attest må være, bestemmer kommunen."""
    text = "LÆ 265 af 12. april 2026 beskriver smerter i ryggen."
    assert only(text, "medical").status == "outdated"
    (found,) = evidence(text, "medical", freshness_months=12)
    assert found.status == "present"


def test_an_undated_attest_is_never_called_outdated():
    """Uden dato kan ingen sige, at en attest er for gammel."""
    assert only("LÆ 265 beskriver smerter i ryggen.", "medical").status == "present"


def test_the_newest_of_several_documents_is_found():
    """Ved flere attester tæller den nyeste."""
    text = "LÆ 125 af 3. juni 2026 beskriver smerter. LÆ 265 af 4. oktober 2026 beskriver bedring."
    assert newest(evidence(text), "medical").date == datetime.date(2026, 10, 4)


@given(st.lists(st.sampled_from([item["text"] for item in gold("dev.yaml")]), min_size=1, max_size=4))
def test_evidence_stands_where_it_says(texts):
    """Hvert fund peger på den tekst, det gengiver, uanset hvad der står omkring det."""
    text = "\n".join(texts)
    for found in evidence(text):
        assert text[found.start : found.end] == found.text
        assert found.input in INPUTS and found.status in STATUSES


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """Ingen tekst får læsningen til at gå i stå."""
    evidence(text)
