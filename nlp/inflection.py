"""Inflected forms of Danish words, made when a rulebook is built; nothing here runs while a text is read.

Forms are over-generated: a form that no one writes costs a dictionary entry and never a false alarm, while a form
left out is a fault that slips through. Rules of inflection after Retskrivningsordbogen; irregular verbs by table.
"""

from __future__ import annotations

VOWELS = "aeiouyæøå"

# infinitive: (present, past, participle); prefixes (ud-, på-, for- …) are taken off before looking up.
IRREGULAR = {
    "bede": ("beder", "bad", "bedt"), "bide": ("bider", "bed", "bidt"), "binde": ("binder", "bandt", "bundet"),
    "blive": ("bliver", "blev", "blevet"), "bringe": ("bringer", "bragte", "bragt"), "bryde": ("bryder", "brød", "brudt"),
    "burde": ("bør", "burde", "burdet"), "byde": ("byder", "bød", "budt"), "bære": ("bærer", "bar", "båret"),
    "dø": ("dør", "døde", "død"), "drage": ("drager", "drog", "draget"), "drikke": ("drikker", "drak", "drukket"),
    "drive": ("driver", "drev", "drevet"), "falde": ("falder", "faldt", "faldet"), "finde": ("finder", "fandt", "fundet"),
    "flyde": ("flyder", "flød", "flydt"), "flyve": ("flyver", "fløj", "fløjet"), "fortryde": ("fortryder", "fortrød", "fortrudt"),
    "fryse": ("fryser", "frøs", "frosset"), "få": ("får", "fik", "fået"), "gide": ("gider", "gad", "gidet"),
    "give": ("giver", "gav", "givet"), "glide": ("glider", "gled", "gledet"), "gnide": ("gnider", "gned", "gnedet"),
    "gribe": ("griber", "greb", "grebet"), "græde": ("græder", "græd", "grædt"), "gøre": ("gør", "gjorde", "gjort"),
    "gå": ("går", "gik", "gået"), "have": ("har", "havde", "haft"), "hedde": ("hedder", "hed", "heddet"),
    "hjælpe": ("hjælper", "hjalp", "hjulpet"), "holde": ("holder", "holdt", "holdt"), "hænge": ("hænger", "hang", "hængt"),
    "klinge": ("klinger", "klang", "klinget"), "komme": ("kommer", "kom", "kommet"), "krybe": ("kryber", "krøb", "krøbet"),
    "kunne": ("kan", "kunne", "kunnet"), "lade": ("lader", "lod", "ladet"), "le": ("ler", "lo", "let"),
    "lide": ("lider", "led", "lidt"), "ligge": ("ligger", "lå", "ligget"), "lyde": ("lyder", "lød", "lydt"),
    "lyve": ("lyver", "løj", "løjet"), "lægge": ("lægger", "lagde", "lagt"), "løbe": ("løber", "løb", "løbet"),
    "måtte": ("må", "måtte", "måttet"), "nyde": ("nyder", "nød", "nydt"), "nyse": ("nyser", "nøs", "nyst"),
    "række": ("rækker", "rakte", "rakt"), "ride": ("rider", "red", "redet"), "rive": ("river", "rev", "revet"),
    "ryge": ("ryger", "røg", "røget"), "se": ("ser", "så", "set"), "sidde": ("sidder", "sad", "siddet"),
    "sige": ("siger", "sagde", "sagt"), "skride": ("skrider", "skred", "skredet"), "skrive": ("skriver", "skrev", "skrevet"),
    "skulle": ("skal", "skulle", "skullet"), "skyde": ("skyder", "skød", "skudt"), "skære": ("skærer", "skar", "skåret"),
    "slippe": ("slipper", "slap", "sluppet"), "slå": ("slår", "slog", "slået"), "smide": ("smider", "smed", "smidt"),
    "snyde": ("snyder", "snød", "snydt"), "sove": ("sover", "sov", "sovet"), "spinde": ("spinder", "spandt", "spundet"),
    "springe": ("springer", "sprang", "sprunget"), "spørge": ("spørger", "spurgte", "spurgt"), "stige": ("stiger", "steg", "steget"),
    "stikke": ("stikker", "stak", "stukket"), "stjæle": ("stjæler", "stjal", "stjålet"), "stride": ("strider", "stred", "stridt"),
    "stryge": ("stryger", "strøg", "strøget"), "stå": ("står", "stod", "stået"), "svinde": ("svinder", "svandt", "svundet"),
    "svinge": ("svinger", "svang", "svunget"), "synge": ("synger", "sang", "sunget"), "synke": ("synker", "sank", "sunket"),
    "sælge": ("sælger", "solgte", "solgt"), "sætte": ("sætter", "satte", "sat"), "tage": ("tager", "tog", "taget"),
    "tie": ("tier", "tav", "tiet"), "træde": ("træder", "trådte", "trådt"), "træffe": ("træffer", "traf", "truffet"),
    "trække": ("trækker", "trak", "trukket"), "tvinge": ("tvinger", "tvang", "tvunget"), "tælle": ("tæller", "talte", "talt"),
    "turde": ("tør", "turde", "turdet"), "vide": ("ved", "vidste", "vidst"), "vige": ("viger", "veg", "veget"),
    "ville": ("vil", "ville", "villet"), "vinde": ("vinder", "vandt", "vundet"), "vride": ("vrider", "vred", "vredet"),
    "være": ("er", "var", "været"), "vælge": ("vælger", "valgte", "valgt"), "vænne": ("vænner", "vante", "vant"),
    "æde": ("æder", "åd", "ædt"), "smøre": ("smører", "smurte", "smurt"), "dølge": ("dølger", "dulgte", "dulgt"),
    "klynke": ("klynker", "klynkede", "klynket"), "kvæle": ("kvæler", "kvalte", "kvalt"), "fare": ("farer", "fór", "faret"),
}
PREFIXES = (
    "afsted", "bort", "efter", "for", "frem", "gen", "hen", "imod", "ind", "med", "mis", "mod", "ned", "om", "op", "over",
    "på", "sam", "til", "tilbage", "ud", "under", "und", "ved", "be", "an", "af", "bi", "fra", "hjem", "ned",
)


def _irregular(infinitive: str) -> tuple[str, str, str] | None:
    if infinitive in IRREGULAR:
        return IRREGULAR[infinitive]
    for prefix in sorted(PREFIXES, key=len, reverse=True):
        rest = infinitive.removeprefix(prefix)
        if rest != infinitive and rest in IRREGULAR:
            present, past, participle = IRREGULAR[rest]
            return prefix + present, prefix + past, prefix + participle
    return None


def verb(infinitive: str) -> set[str]:
    """Infinitive, present, past, participles and -s forms."""
    irregular = _irregular(infinitive)
    if irregular:
        present, past, participle = irregular
        forms = {infinitive, present, past, participle, infinitive + "s", past + "s", participle + "s"}
        stem = infinitive[:-1] if infinitive.endswith("e") and len(infinitive) > 3 else infinitive
        forms |= {stem + "ende", participle.removesuffix("et") + "ne" if participle.endswith("et") else participle + "e"}
        return {form for form in forms if form}
    if infinitive.endswith("e"):
        stem = infinitive[:-1]
        short = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
        forms = {stem + ending for ending in ("e", "er", "ede", "et", "te", "t", "es", "edes", "ets", "tes", "ts", "ende")}
        return forms | {short + "te", short + "t", short + "tes"} if short != stem else forms
    return {infinitive + ending for ending in ("", "r", "ede", "et", "s", "edes", "ets", "ende")}


def adjective(base: str) -> set[str]:
    """Common, neuter and plural/definite, comparative and superlative, genitive of the substantivised form."""
    forms = {base}
    if base.endswith("ende"):  # present participle: indeclinable
        return forms | {base + "s"}
    if base.endswith("et") and len(base) > 4:  # participle: -et, -ede
        return forms | {base[:-1] + "de", base[:-1] + "des"}
    if base[-1] in "eo" and len(base) > 2:
        return forms | {base + "s"}
    if base.endswith(("å", "y")):
        return forms | {base + "t", base + "e"}
    plural = base + "e"
    if base.endswith(("en", "el", "er")) and len(base) > 3 and base[-3] not in VOWELS:  # doven, dovne; usikker, usikre
        stem = base[:-2]
        if len(stem) > 2 and stem[-1] == stem[-2]:
            stem = stem[:-1]
        plural = stem + base[-1] + "e"
    elif base[-1] in "klmnptsgdb" and len(base) > 2 and base[-2] in VOWELS and (len(base) < 3 or base[-3] not in VOWELS):
        forms |= {base + base[-1] + "e", base + base[-1] + "ere", base + base[-1] + "est", base + base[-1] + "este"}
    forms |= {plural, plural + "re", plural + "st", plural + "ste", plural + "s", base + "t", base + "s"}
    if base.endswith("ig"):
        forms |= {base + "ere", base + "st", base + "ste"}
    if base.endswith(("som",)):
        forms |= {base + "me", base + "mere"}
    return forms


def noun(base: str) -> set[str]:
    """Both genders and all plurals, with genitives."""
    forms = {base}
    if base.endswith("e"):
        forms |= {base + ending for ending in ("n", "t", "r", "rne", "ne")}
    else:
        forms |= {base + ending for ending in ("en", "et", "er", "e", "erne", "ene", "r", "ne")}
        if base[-1] in "klmnptsgdbfr" and len(base) > 2 and base[-2] in VOWELS and base[-3] not in VOWELS:
            forms |= {base + base[-1] + ending for ending in ("en", "et", "er", "e", "erne", "ene")}
        if base.endswith(("el", "en", "er")) and len(base) > 4:
            stem = base[:-2] + base[-1]
            forms |= {stem + ending for ending in ("en", "et", "e", "er", "ene", "erne")}
            if len(base) > 5 and base[-3] == base[-4]:
                stem = base[:-3] + base[-1]
                forms |= {stem + ending for ending in ("e", "er", "ene", "erne")}
    return forms | {form + "s" for form in forms if not form.endswith("s")}


EXPAND = {"v": verb, "a": adjective, "n": noun}
