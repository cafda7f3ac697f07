"""Names of the sections and slots of a functional description, as people write them.

Keys are those of docgen.model.Section; slots are its text fields. Source: the section contract of the project
(research on functional-ability descriptions, A.5 and A.6).
"""

from __future__ import annotations

from functools import lru_cache

SECTIONS = {
    "egenomsorg": ("egenomsorg", "personlig pleje"),
    "praktisk": ("praktiske opgaver", "praktiske opgaver i hjemmet", "husførelse"),
    "mobilitet": ("mobilitet", "mobilitet og håndtering af genstande", "bevægelse og færden"),
    "struktur": ("struktur", "struktur, tempo og daglige rutiner", "daglige rutiner"),
    "kognition": ("kognition", "opmærksomhed, hukommelse, indlæring", "mentale funktioner"),
    "energi": ("energi", "energi, udholdenhed og restitution"),
    "kommunikation": ("kommunikation",),
    "samspil": ("samspil", "samspil og relationer", "relationer"),
    "arbejde": ("arbejde", "arbejde og uddannelse", "betydning for arbejde og uddannelse"),
    "fritid": ("fritid", "fritid og netværk"),
    "omgivelser": ("omgivelser", "omgivelser og hjælpemidler"),
    "helbred": ("helbred", "helbred, undersøgelser og behandling", "kort om helbred", "helbredsforhold"),
}
SLOTS = {
    "observed": ("observeret", "observation", "observationer", "observeret udførelse"),
    "citizen_view": (
        "borgers_syn", "borgerens egen oplevelse", "borgerens egen beskrivelse", "borgerens syn", "borgerens ønsker",
        "borgerens egen beskrivelse og ønsker", "borgerens egne ord", "borgerens perspektiv",
    ),
    "support": ("stoette", "støtte og hjælpemidler"),
    "variation": ("variation", "variation over dag og uge", "variation over dag/uge"),
    "resources": ("ressourcer",),
    "assessment": (
        "vurdering", "ergoterapeutisk vurdering", "faglig vurdering", "ergoterapeutisk sammenfatning", "samlet vurdering",
        "sagsbehandlerens analyse", "sammenfatning",
    ),
    "work": ("betydning for arbejde",),
    "uncertainty": ("uvished", "usikkerhed", "usikkerhed og forbehold", "usikkerheder og manglende oplysninger", "forbehold"),
    "citizen_remark": ("borgers_bemaerkning", "borgerens bemærkninger", "borgerens bemærkninger til teksten"),
    "reasons": ("begrundelse", "begrundelsen", "derfor har vi truffet afgørelsen", "sådan har vi vurderet din sag"),
}

_SECTION_OF = {label: key for key, labels in SECTIONS.items() for label in (key, *labels)}
_SLOT_OF = {label: key for key, labels in SLOTS.items() for label in (key, *labels)}


@lru_cache(maxsize=4096)
def section_and_slot(label: str | None) -> tuple[str | None, str | None]:
    """(section key, slot) that a heading, a label or a key names; (None, None) for a heading of another kind."""
    if not label:
        return None, None
    name = label.strip(" #:.\t0123456789").lower()
    return _SECTION_OF.get(name), _SLOT_OF.get(name)
