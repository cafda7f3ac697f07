"""The gold data are whole: ids are unique, marked words stand in the text, and both kinds of item are there in number."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from docgen.model import SECTION_KEYS, Outcome, Scheme, Track, check_cpr
from nlp.model import INPUTS, STATUSES

GOLD = Path(__file__).parent / "gold"
WORDING = sorted((GOLD / "wording").glob("*.yaml"))
KINDS = {
    "funktionsevnebeskrivelse", "teamfremstilling", "samlet_beskrivelse", "afgoerelse", "partshoering",
    "attestanmodning", "overdragelsesnotat", "gennemgang", None,
}  # fmt: skip
FIXED_NAMES = {  # CONTRACT.md: the rule names others rely on
    "klageinstans-mangler",
    "klage-sendes-forkert",
    "nedlagt-klageinstans",
    "klagefrist-mangler",
    "klagefrist-dato-forkert",
    "opsaettende-virkning-forkert",
    "hjemmel-mangler",
    "hjemmel-ikke-gaeldende",
    "hovedhensyn-mangler",
    "faktum-mangler",
    "aldersregel-forkert",
    "ikke-udelukkes-formulering",
    "behandlingsafslag-tillagt",
    "laegekonsulent",
    "ophaevet-ordning",
    "rehabiliteringsteam-foraeldet",
    "jobcenter-ordvalg",
    "medicinsk-input-mangler",
    "medicinsk-input-foraeldet",
    "ergoterapi-input-mangler",
    "sundhedskoordinator-mangler",
    "partshoering-mangler",
    "borger-ikke-inddraget",
    "modstridende-erklaeringer",
    "tredjepart-cpr",
    "pladsholder",
}
CATEGORIES = {f"C{number:02d}" for number in range(1, 24)}


def items(path: Path) -> list[dict[str, Any]]:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))["items"]


@pytest.mark.parametrize("path", WORDING, ids=lambda path: path.stem)
def test_a_marked_word_stands_in_its_text(path: Path) -> None:
    """Det, der skal markeres, står ordret i teksten, og en ren tekst har intet at markere."""
    for item in items(path):
        assert item["kind"] in KINDS, item["id"]
        assert item["section"] is None or item["section"] in SECTION_KEYS, item["id"]
        assert bool(item["words"]) == bool(item["categories"]) == item["flag"], item["id"]
        assert all(word and word in item["text"] for word in item["words"]), item["id"]
        assert set(item["categories"]) <= CATEGORIES, item["id"]
        assert isinstance(item["listed"], bool) if item["flag"] else item["because"], item["id"]


@pytest.mark.parametrize(("stem", "least"), [("dev", 400), ("dev_kept", 320), ("dev_second", 320), ("heldout_second", 320)])
def test_clean_and_faulty_texts_are_in_balance(stem: str, least: int) -> None:
    """Halvdelen er gode sætninger: et værktøj, der råber op om alt, får ikke et godt tal."""
    path = GOLD / "wording" / f"{stem}.yaml"
    found = items(path)
    flagged = [item for item in found if item["flag"]]
    assert len(found) >= least
    assert 0.4 < len(flagged) / len(found) < 0.6
    assert 0.4 < sum(not item["listed"] for item in flagged) / len(flagged) < 0.65
    assert sum(item.get("paragraph", False) for item in found) >= (0 if stem.endswith("second") else 25)


def test_no_text_is_both_tuned_on_and_measured_on() -> None:
    """En sætning, som reglerne er skrevet efter, kan ikke også måle dem."""
    texts = Counter(" ".join(item["text"].lower().split()) for path in WORDING for item in items(path))
    assert [text for text, count in texts.items() if count > 1] == []
    ids = Counter(item["id"] for path in WORDING for item in items(path))
    assert max(ids.values()) == 1


def test_evidence_labels_use_the_shared_names_and_real_dates() -> None:
    """Hver henvisning har et kendt input, en kendt status og en dato, der findes; gamle lægelige oplysninger hedder forældede."""
    found = items(GOLD / "evidence" / "heldout.yaml")
    assert len(found) >= 160
    assert len({item["id"] for item in found}) == len({item["text"] for item in found}) == len(found)
    seen = set()
    for item in found:
        limit = datetime.date.fromisoformat(item["decision_date"]) - datetime.timedelta(days=184)
        for expected in item["expect"]:
            assert expected["input"] in INPUTS and expected["status"] in STATUSES, item["id"]
            seen.add(expected["status"])
            if expected.get("date"):
                day = datetime.date.fromisoformat(expected["date"])
                if expected["input"] == "medical" and expected["status"] in {"present", "outdated"}:
                    assert (day < limit) == (expected["status"] == "outdated"), item["id"]
    assert seen == set(STATUSES)
    assert any(not item["expect"] for item in found)


def test_every_letter_has_its_label_and_every_fixed_rule_is_tried() -> None:
    """Hvert brev har et facit, tolv og seksten er gemt væk, og hver af de faste regler har mindst et brev, den skal finde noget i."""
    folder = GOLD / "letters"
    letters = YAML(typ="safe").load((folder / "labels.yaml").read_text(encoding="utf-8"))["letters"]
    assert set(letters) == {path.name for path in folder.glob("*.md")}
    assert len(letters) >= 30
    splits = Counter((label["split"], bool(label["faults"])) for label in letters.values())
    assert set(splits) == {(split, faulty) for split in ("dev", "heldout", "heldout2") for faulty in (True, False)}
    assert splits["heldout", True] == splits["heldout", False] == 6
    assert (splits["heldout2", True], splits["heldout2", False]) == (10, 6)
    assert {rule for label in letters.values() for rule in label["faults"]} == FIXED_NAMES
    for name, label in letters.items():
        facts = label["facts"]
        assert facts["kind"] == "afgoerelse" and facts["channel"] in {"digital", "papir"}, name
        Scheme(facts["scheme"]), Outcome(facts["outcome"]), Track(facts["track"])
        datetime.date.fromisoformat(facts["decision_date"])
        if "citizen_cpr" in facts:
            assert check_cpr(facts["citizen_cpr"]), name
        assert set(label.get("allowed", [])) <= FIXED_NAMES - set(label["faults"]), name
        assert 150 <= len((folder / name).read_text(encoding="utf-8").split()) <= 800, name
