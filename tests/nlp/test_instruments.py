"""Instruments in running text: which one, which number, and what the sentence may not say of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.instruments import load, misuses
from nlp.language import sentences


def numbers(text: str) -> list[tuple[str | None, list[float]]]:
    return [(m.instrument.id if m.instrument else None, [s.value for s in m.scores]) for m in load().mentions(text, sentences(text))]


@pytest.mark.parametrize(("text", "found"), [
    ("ADL-motorisk mål var 1,2 logits (under 1,5), ADL-proces 1,3 (over 1,0).", [("amps_motor", [1.2]), ("amps_process", [1.3])]),
    ("Jamar den 01.09.2026 (ergoterapeut N.N., højrehåndet, middel af 3): højre 14 kg, venstre 26 kg.", [("jamar", [14.0, 26.0])]),
    ("6MWT den 15.09.2026 (fysioterapeut N.N.): 290 m på 30 m bane, Borg CR10 5 efter test.", [("6mwt", [290.0]), ("borg_cr10", [5.0])]),
    ("Box & Block: højre 48 og venstre 62 klodser pr. 60 sekunder.", [("bbt", [48.0, 62.0])]),
    ("Borgeren oplyste smerter NRS 5 før og 7 efter.", [("nrs_smerte", [5.0, 7.0])]),
    ("Borgeren scorer 37 på WHO-5.", [("who5", [37.0])]),
    ("WHO-5-score på 36.", [("who5", [36.0])]),
    ("MoCA 24/30 den 2. marts 2026.", [("moca", [24.0])]),
    ("AMPS, 2 opgaver, den 12. oktober 2026.", [(None, [])]),
    ("ADL-motorisk mål: −0,3 logits.", [("amps_motor", [-0.3])]),
    ("ESI den 25.08.2026 i 2 situationer.", [("esi_item", [])]),
    ("Barthel-100: 95 point.", [("barthel100", [95.0])]),
    ("Han spiller dash og er borg i byen.", []),
    ("PDQ-39 var 22,5.", [("pdq39", [22.5])]),
    ("RSS30: 9 gange.", [("rss30", [9.0])]),
])
def test_a_number_belongs_to_the_instrument_it_was_measured_with(text, found):
    """Banens længde, antal forsøg og datoer er ikke resultater."""
    assert numbers(text) == found


@given(st.text(max_size=200) | st.lists(st.sampled_from(["WHO-5", "AMPS", "er", "37", "under 1,5", ".", "\n", "score", "Jamar", "kg", "−", "derfor", "12. marts"]), max_size=12).map(" ".join))
def test_every_text_can_be_read(text):
    """Mærkelige tegn stopper ikke læsningen, og alt, der markeres, står i teksten."""
    for mention in load().mentions(text, sentences(text)):
        for misuse in misuses(text, mention):
            assert 0 <= misuse.start < misuse.end <= len(text)


def test_the_data_say_where_they_come_from():
    """Intet redskab uden kilde, og ingen grænse uden kilde og sikkerhed."""
    instruments = load()
    assert all(instrument.source for instrument in instruments)
    assert all(cutoff.source and cutoff.confidence for instrument in instruments for cutoff in instrument.cutoffs)
    owners: dict[str, set[str]] = {}
    for instrument in instruments:
        for name in (*instrument.names, *instrument.generic_names):
            owners.setdefault(name.casefold(), set()).add(instrument.id)
    assert [name for name, ids in owners.items() if len(ids) > 1] == []
    assert all(i in instruments.by_id for entry in instruments.ambiguous for i in entry.could_be)


@pytest.mark.parametrize("wrong", ["- {id: who5, navn: x}", "- &a {id: who5, name: W, family: W, names: [W], reported_by: borgeren, unit: point, direction: {value: hoej_bedst, confidence: H}, measures: trivsel, needs: [], source: k}\n- *a"])
def test_a_wrong_file_is_named(tmp_path, wrong):
    """Et forkert felt eller et redskab, der står to gange, bliver nævnt med filens navn."""
    (tmp_path / "egne.yaml").write_text(f"instruments:\n{wrong}\n", "utf-8")
    with pytest.raises(ValueError, match=r"egne\.yaml"):
        load(tmp_path)


def test_every_misuse_has_a_rule_that_may_ask_for_it():
    """Hver fejl, der kan findes i brugen af et redskab, kan en regel spørge om."""
    from typing import get_args

    from nlp.instruments import MISUSES
    from nlp.kinds.instrument import What

    assert get_args(What) == MISUSES
