"""The page's own sentences that stand in code, by id; all else that is read stands in the page templates."""

from __future__ import annotations

_WORDS = {
    "ikke_aabnet": "Siden blev ikke åbnet",
    "forkert_vaert": "Siden er åbnet på en adresse, den ikke kender. Brug den adresse, der blev skrevet, da programmet startede.",
    "fremmed_side": "Anmodningen kom fra en anden side og er ikke udført.",
    "for_stor": "Filen er for stor. Siden tager imod op til 60 MB ad gangen.",
    "kan_ikke_laeses": "Det sendte kan ikke læses, eller der er for mange filer. Siden tager imod op til 1.000 filer ad gangen.",
    "for_langsom": "Det tog for lang tid at sende filen. Prøv igen.",
    "fejl_i_programmet": "Der er en fejl i programmet. Intet er gemt halvt. Gå tilbage, og prøv igen; meld fejlen, hvis den bliver ved.",
    "ingen_adgang": "Du er ikke logget på. Åbn siden med den adresse, der blev skrevet, da programmet startede (docgen serve).",
    "noegle_brugt": "Adressen kan kun bruges én gang, og den er brugt. Er siden allerede åben i en anden fane, så brug den. Ellers: stop programmet, og start det igen.",
    "forfalsket": "Formularen hører ikke til denne side, eller programmet er startet igen. Gå tilbage, genindlæs siden, og prøv igen.",
    "findes_ikke": "Siden findes ikke.",
    "foraeldet": "Sagen er ændret i en anden fane eller af en anden: der er tilføjet, flyttet eller fjernet noget. Siden er hentet igen. Tjek den, og prøv så igen.",
    "for_lang_tid": "Det tog for lang tid. Prøv med en kortere tekst eller et mindre dokument.",
}


def words(key: str) -> str:
    return _WORDS[key]
