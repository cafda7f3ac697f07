"""Reviewing a letter: findings with places, dismissals with reasons, and comments written back into the same file."""

from __future__ import annotations

import dataclasses
import datetime
import json
import pickle

import pytest

import docgen
from docgen.dismissals import Dismissal, baseline_text, file_key, read_baseline, selectors, sentence_key
from docgen.errors import FileError, UsageError
from docgen.reviewer import Reviewer
from docgen.word.comments import read_comments
from docgen.word.package import Package
from docgen.word.sample import sample

NAME = "pladsholder"


@pytest.fixture
def letter(tmp_path):
    def write(text: str, name: str = "brev.docx"):
        path = tmp_path / name
        path.write_bytes(sample(text))
        return path

    return write


def named(review, name: str = NAME):
    return [f for f in review.findings if f.name == name]


def test_a_finding_tells_its_place(letter):
    """Et fund siger, hvor det står: del, afsnit, overskrift og tegn i afsnittet."""
    path = letter("# Begrundelse\nVi så det den dd.mm.åååå hos dig.")
    finding, = named(docgen.review(path))
    place = finding.location
    assert (place.part, place.paragraph, place.heading, place.start, place.end) == ("body", 2, "Begrundelse", 14, 24)
    assert (finding.text, finding.sentence) == ("dd.mm.åååå", "Vi så det den dd.mm.åååå hos dig.")


def test_a_review_cannot_be_changed_and_can_travel_between_processes(letter):
    """Et resultat kan ikke ændres bagefter, og det bærer ikke dokumentet med sig."""
    review = docgen.review(letter("Kære [navn]"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        review.findings = ()
    with pytest.raises(dataclasses.FrozenInstanceError):
        review.findings[0].message = ""
    assert pickle.loads(pickle.dumps(review)) == review


def test_fingerprints_survive_edits_elsewhere(letter):
    """Et fund kan kendes igen, når der er skrevet mere andre steder i brevet."""
    one, = named(docgen.review(letter("Kære [navn]")))
    two, = named(docgen.review(letter("# Ny overskrift\nNyt afsnit.\nKære [navn]", "b.docx")))
    assert one.fingerprint == two.fingerprint
    assert one.start != two.start


def test_two_findings_in_one_sentence_have_fingerprints_of_their_own(letter):
    """To fund i samme sætning kan skelnes."""
    found = named(docgen.review(letter("Kære [navn] og [dato].")))
    assert len({f.fingerprint for f in found}) == 2


def test_hidden_text_does_not_count_as_written(letter):
    """En skjult pladsholder er ikke en pladsholder i brevet; den er skjult tekst."""
    review = docgen.review(letter("Kære Bo<skjult>[navn]</skjult>"))
    assert named(review) == []
    hidden, = named(review, "skjult-tekst")
    assert hidden.text == "[navn]"


def test_general_messages_quote_nothing(letter):
    """I rapporter uden citater står der ikke et ord fra brevet."""
    finding, = named(docgen.review(letter("Kære [navn på borgeren]")))
    assert "[navn på borgeren]" in finding.message
    assert "navn" not in finding.general


@pytest.mark.parametrize("facts", [{"kind": "afgørelse"}, {"scheme": "flexjob"}, {"outcome": "nej"}, {"decision_date": "i går"},
                                   {"ukendt": 1}])
def test_unknown_facts_are_refused_kindly(letter, facts):
    """En dokumenttype eller dato, der ikke findes, giver en forklaring."""
    with pytest.raises(UsageError):
        docgen.review(letter("Kære Bo"), **facts)


def test_comments_go_into_the_very_file_that_was_reviewed(letter, tmp_path):
    """Er brevet ændret efter kontrollen, skrives der ikke kommentarer i det."""
    path = letter("Kære [navn]")
    review = docgen.review(path)
    out = tmp_path / "ud.docx"
    docgen.annotate(path, review, out)
    with pytest.raises(FileError, match="findes i forvejen"):
        docgen.annotate(path, review, out)
    path.write_bytes(sample("Kære Bo"))
    with pytest.raises(FileError, match="ændret"):
        docgen.annotate(path, review, tmp_path / "ud2.docx")


def test_annotating_again_changes_no_finding(letter, tmp_path):
    """Kontrollen finder det samme i den kommenterede udgave: vores kommentarer er ikke fund."""
    path, out = letter("# Afgørelse\nKære [navn]. Du får xx kr."), tmp_path / "ud.docx"
    review = docgen.review(path)
    docgen.annotate(path, review, out)
    again = docgen.review(out)
    assert [(f.rule, f.start, f.end) for f in again.findings] == [(f.rule, f.start, f.end) for f in review.findings]


def answer(data: bytes, rule: str, *, reason: str | None, done: bool = True) -> bytes:
    """What Word writes when somebody answers our comment for `rule` and marks it as resolved."""
    from lxml import etree

    from docgen.word.build import NEWER, part, run
    from docgen.word.comments import last_para, serialised
    from docgen.word.names import q

    package = Package(data, "x")
    name = package.related(package.main, "comments")
    root = package.xml(name)
    ours = next(c for c in read_comments(package) if c.rule == rule)
    element = next(e for e in root if e.get(q("w:id")) == ours.id)
    entries = f'<w15:commentEx w15:paraId="{last_para(element)}" w15:done="{int(done)}"/>'
    if reason is not None:
        made = etree.fromstring(part("comments", f'<w:comment w:id="900" w:author="Sagsbehandler">'
                                                 f'<w:p w14:paraId="0A0A0A0A">{run(reason)}</w:p></w:comment>').encode())
        root.append(made[0])
        entries += f'<w15:commentEx w15:paraId="0A0A0A0A" w15:paraIdParent="{last_para(element)}" w15:done="0"/>'
    relations = package.xml("word/_rels/document.xml.rels")
    link = etree.SubElement(relations, relations[0].tag)
    for key, value in (("Id", "rIdX"), ("Type", NEWER["commentsExtended"] + "commentsExtended"), ("Target", "commentsExtended.xml")):
        link.set(key, value)
    extended = part("commentsEx", entries).replace("w:commentsEx", "w15:commentsEx").encode()
    return package.save({name: serialised(root), "word/_rels/document.xml.rels": serialised(relations),
                         "word/commentsExtended.xml": extended})


@pytest.fixture
def commented(letter, tmp_path):
    path = letter("# Afgørelse\nKære [navn].\nDu får xx kr.")
    out = tmp_path / "kommenteret.docx"
    docgen.annotate(path, docgen.review(path), out, date=datetime.datetime(2026, 11, 22))
    return out


def test_an_answer_with_a_reason_silences_the_sentence(commented, tmp_path):
    """Svarer jeg på kommentaren med en begrundelse, tier reglen om den sætning næste gang, og kun den."""
    commented.write_bytes(answer(commented.read_bytes(), "DOK101", reason="Navnet skrives i hånden ved underskrift"))
    review = docgen.review(commented)
    assert [f.text for f in named(review)] == ["xx"]
    dismissed, = review.dismissed
    assert (dismissed.finding.text, dismissed.reason, dismissed.origin) == (
        "[navn]", "Navnet skrives i hånden ved underskrift", "kommentar")
    again = tmp_path / "igen.docx"
    docgen.annotate(commented, review, again)
    third = docgen.review(again)
    assert [f.text for f in named(third)] == ["xx"]
    assert [d.finding.text for d in third.dismissed] == ["[navn]"]


@pytest.mark.parametrize("reason", [None, "ok"])
def test_a_dismissal_without_a_reason_does_not_count(commented, reason):
    """Et »løst« uden begrundelse, eller kun et »ok«, fjerner ikke fundet."""
    commented.write_bytes(answer(commented.read_bytes(), "DOK101", reason=reason))
    review = docgen.review(commented)
    assert [f.text for f in named(review)] == ["[navn]", "xx"]
    assert len(named(review, "afvisning-uden-begrundelse")) == 1


def test_a_dismissal_ends_when_its_sentence_changes(letter, tmp_path):
    """Ændres sætningen, gælder afvisningen ikke længere, og det bliver sagt."""
    path = letter("Kære [navn på borgeren].\n@afvist DOK101 Navnet skrives i hånden.")
    assert len(docgen.review(path).dismissed) == 1
    data = path.read_bytes()
    package = Package(data, "x")
    body = package.read("word/document.xml").replace("Kære [navn".encode(), b"Hej [navn")
    path.write_bytes(package.save({"word/document.xml": body}))
    review = docgen.review(path)
    assert (len(review.dismissed), len(named(review)), len(named(review, "afvisning-uden-virkning"))) == (0, 1, 1)


def test_a_baseline_is_kept_by_rule_and_sentence(letter, tmp_path):
    """En fil med afvisninger gælder for sætningen, også i et andet brev og et andet sted."""
    key = sentence_key("DOK101", "Kære [navn].")
    file = tmp_path / "afvisninger.json"
    file.write_text(baseline_text([Dismissal("DOK101", key, "Skrives i hånden ved mødet", "baseline")]))
    reviewer = Reviewer(baseline=read_baseline(file))
    review = reviewer.review(letter("Noget før.\n\nKære  [navn].\nDu får xx kr."))
    assert [f.text for f in named(review)] == ["xx"]
    assert review.used == {("DOK101", key)}
    assert "navn" not in file.read_text()


def test_a_baseline_may_quote_the_sentence_itself(tmp_path):
    """En afvisning kan skrives i hånden med sætningen i klar tekst."""
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"version": 1, "dismissals": [{"rule": "DOK101", "sentence": "Kære [navn].", "reason": "i hånden"}]}))
    assert read_baseline(file)[0].key == sentence_key("DOK101", "kære  [NAVN]")


def test_something_absent_is_dismissed_for_one_file_only(letter):
    """At noget mangler i ét brev, kan ikke afvises for alle breve."""
    missing = next(f for f in Reviewer().review(letter("Kære Bo\n@egenskab title =")).findings if f.name == "titel-mangler")
    everywhere = Dismissal(missing.rule, missing.fingerprint, "Sendes kun internt", "baseline")
    here = dataclasses.replace(everywhere, file=file_key("brev.docx"))
    assert named(Reviewer(baseline=[everywhere]).review(letter("Kære Bo\n@egenskab title =")), "titel-mangler")
    assert not named(Reviewer(baseline=[here]).review(letter("Kære Bo\n@egenskab title =")), "titel-mangler")
    assert named(Reviewer(baseline=[here]).review(letter("Kære Bo\n@egenskab title =", "andet.docx")), "titel-mangler")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2, "dismissals": []}', '{"version": 1, "dismissals": [{"rule": "X"}]}',
                                  '{"version": 1, "dismissals": [{"rule": "X", "key": "a", "sentence": "b", "reason": "c"}]}'])
def test_a_faulty_baseline_is_refused(tmp_path, text):
    """En ødelagt fil med afvisninger skjuler ikke fund i stilhed."""
    file = tmp_path / "a.json"
    file.write_text(text)
    with pytest.raises(FileError):
        read_baseline(file)


def test_rules_are_chosen_by_id_family_name_or_category():
    """Regler kan vælges ved id, familie, navn eller kategori; en skrivefejl bliver rettet venligt."""
    rules = Reviewer().rules.values()
    assert selectors(["DOK101"], rules) == selectors(["pladsholder"], rules) == {"DOK101"}
    assert selectors(["DOK1"], rules) >= {"DOK101", "DOK127"}
    with pytest.raises(UsageError, match="Mente du »pladsholder«"):
        selectors(["pladsholdre"], rules)


def test_select_and_ignore_leave_the_rest_alone(letter):
    """Fravalgte regler tier, resten taler."""
    path = letter("Kære [navn]\n@egenskab title =")
    assert {f.name for f in Reviewer(select=["pladsholder"]).review(path).findings} == {"pladsholder"}
    assert "pladsholder" not in {f.name for f in Reviewer(ignore=["pladsholder"]).review(path).findings}
