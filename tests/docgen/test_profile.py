"""Profilfiguren: niveauet for hvert område som en bjælke, der også kan læses højt og i sort-hvid."""

from docgen import profile
from docgen.content import Content
from docgen.model import FunctionalDescription

CONTENT = Content()


def rows(*sections: dict) -> dict[str, dict]:
    functional = FunctionalDescription.model_validate({"sections": list(sections)})
    return {row["omraade"]: row for row in profile.rows(functional, CONTENT.sections, CONTENT.scales)}


def test_a_level_is_as_many_filled_cells():
    """Niveau 2 fylder felterne 0, 1 og 2, og står også i ord med skala og dato."""
    row = rows({"key": "energi", "date": "2026-10-12", "level": {"value": 2}, "expected_level": {"value": 1}})["Energi, udholdenhed og restitution"]
    assert row["tegn"] == ("■", "■", "■", "", "")
    assert row["fyld"] == ("404040",) * 3 + ("FFFFFF",) * 2
    assert row["ord"] == "FSIII: 2 Moderate begrænsninger (forventet: 1 Lette begrænsninger)"
    assert row["hvornaar"] == "12. oktober 2026"


def test_none_is_not_nothing():
    """Ingen begrænsning, ikke relevant, ikke vurderet og ikke beskrevet er fire forskellige ting."""
    found = rows({"key": "energi", "level": {"value": 0}}, {"key": "fritid", "level": {"value": "ikke_relevant"}}, {"key": "samspil", "level": {"scale": "vum", "value": "ikke_vurderet"}})
    filled = {name: row["tegn"].count("■") for name, row in found.items()}
    assert filled["Energi, udholdenhed og restitution"] == 1 and sum(filled.values()) == 1
    assert [found[n]["ord"] for n in ("Energi, udholdenhed og restitution", "Fritid og netværk", "Samspil og relationer", "Kommunikation")] == [
        "FSIII: 0 Ingen eller ubetydelige begrænsninger", "FSIII: Ikke relevant", "VUM: Ikke vurderet", "Ikke beskrevet",
    ]


def test_areas_without_a_scale_are_not_in_the_figure():
    """Helbred og omgivelser har ikke et niveau."""
    assert set(rows()) == {area.heading for area in CONTENT.sections.areas.values() if area.key not in ("helbred", "omgivelser")}


def test_the_figure_can_be_read_aloud():
    words = profile.in_words(profile.rows(FunctionalDescription.model_validate({"sections": [{"key": "fritid", "level": {"value": 3}}]}), CONTENT.sections, CONTENT.scales))
    assert "Fritid og netværk: FSIII: 3 Svære begrænsninger" in words and words.endswith(".")
