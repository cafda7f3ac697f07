"""What one letter says twice must agree: documents, hours, sides, names, periods and diagnoses."""

from __future__ import annotations

import datetime

import pytest

import nlp

LINTER = nlp.load()
DAY = datetime.date(2026, 11, 20)
HEAD = "Åbyvig Kommune har besluttet, at du ikke kan få fleksjob.\n# Begrundelse\n"

DISAGREE = [
    ("dokument-to-datoer", "Reumatolog Per Holt skriver den 12. juni 2026, at du har slidgigt. Reumatolog Per Holts undersøgelse af 12. juli 2026 har været afgørende."),
    ("dokument-to-datoer", "Ergoterapeut Mette Lund så dig sortere post den 18. august 2026. Vi bygger på ergoterapeut Mette Lunds vurdering af 18. august 2025."),
    ("timer-to-tal", "Du var i praktik i Byens Arkiv fra den 4. maj til den 24. juli 2026, og du mødte 14 timer om ugen. Vi har lagt vægt på, at du klarede 4 timer om ugen i praktikken."),
    ("side-passer-ikke", "Overlæge Tim Dahl opererede din venstre hofte den 3. juni 2026. Smerterne i højre hofte hindrer dig i at stå."),
    ("navn-to-stavemaader", "Psykolog Karen Bjerre har testet dig. Karen Bjerge skriver, at du bliver hurtigt træt."),
    ("navn-to-stavemaader", "Læge Kirsten Mose har skrevet en attest. Læge Kristen Mose skriver igen i august."),
    ("periode-baglaens", "Du var i jobprøvning fra den 1. september 2026 til den 12. juni 2026."),
    ("diagnose-passer-ikke", "Overlæge Tim Dahl skriver i erklæring af 3. juni 2026, at du har epilepsi. Din sklerose er stabil, og derfor kan du arbejde."),
    ("diagnose-passer-ikke", "Psykiater Ida Kjær skriver den 2. september 2026, at du har skizofreni. Vi har lagt vægt på, at depressionen er i bedring."),
]
AGREE = [
    ("dokument-to-datoer", "Læge Bo Ravn skriver i LÆ 145 af 2. september 2026, at du er træt. Læge Bo Ravn har også skrevet LÆ 125 den 14. april 2026."),
    ("timer-to-tal", "Du var i praktik i Byens Arkiv fra den 4. maj til den 24. juli 2026. Planen var 14 timer om ugen. Du klarede 4 timer om ugen i praktikken."),
    ("timer-to-tal", "I praktikken hos Trælasten fra den 5. januar til den 27. marts 2026 nåede du 9 timer om ugen. I praktikken på Arkivet fra den 4. maj til den 24. juli 2026 nåede du 14 timer om ugen."),
    ("side-passer-ikke", "Du har slidgigt i højre knæ og venstre knæ. Højre knæ er opereret."),
    ("navn-to-stavemaader", "Læge Anders Holm og ergoterapeut Anders Holmgaard har begge været med."),
    ("navn-to-stavemaader", "Karen Bjerres test viser, at Karen Bjerre er grundig."),
    ("periode-baglaens", "Du var i praktik fra den 14. december 2025 til den 6. februar 2026."),
    ("diagnose-passer-ikke", "Overlæge Tim Dahl skriver i erklæring af 3. juni 2026, at du har dissemineret sklerose. Din multiple sklerose er stabil."),
    ("diagnose-passer-ikke", "Overlæge Tim Dahl skriver i erklæring af 3. juni 2026, at du har epilepsi. Du fortalte, at du har migræne om aftenen."),
]


def names(text: str) -> set[str]:
    return {f.name for f in LINTER.lint(HEAD + text, kind="afgoerelse", scheme="fleksjob", outcome="afslag", decision_date=DAY)}


@pytest.mark.parametrize(("rule", "text"), DISAGREE)
def test_two_places_that_cannot_both_be_right_are_told(rule, text):
    """Siger brevet to ting om det samme, bliver det sagt."""
    assert rule in names(text)


@pytest.mark.parametrize(("rule", "text"), AGREE)
def test_places_that_agree_are_left_alone(rule, text):
    """Er der to dokumenter, to praktikker eller to personer, er der intet at rette."""
    assert rule not in names(text)
