"""Words that tell what stands beside them, in the languages of `words.toml`."""

from __future__ import annotations

from functools import cache

from pubkit.formats.paperlist.words import table, words

# Classes of words; the first class that has a word counts. Words are in lower case without punctuation at their
# edges, since tokens lose theirs before they are looked up.
_CLASSES: dict[str, str] = {
    "and": "and & und et y e i и och og en a kai ve ja",
    "al": "al alii coll others mfl mitarb andere altri otros outros др",
    "in": "in dans en em nel nella aus из i",
    "ed": "ed eds edn editor editors edited hrsg hg herausgegeben herausgeber red dir coord curatore cura edd éd éds"
    " org orgs ред edición editores",
    "tr": "trans transl translated translator traduit trad übers übersetzt übersetzer traducción пер",
    "vol": "vol vols volume volumes bd bde band v tome tom jg jahrgang t jrg том т tomo rocznik ročník 第",
    "no": "no nos nr nrs number num issue heft h fasc n n° nº № iss cahier numéro numero suppl supplement část číslo",
    "pp": "pp p pages page pgs s seite seiten pág págs páginas ss стр с str art article",
    "proc": "proc proceedings conf conference conférence symp symposium workshop wkshp congress kongress tagung"
    " tagungsband konferenz actes colloque meeting colloquium annual international congreso convegno atti",
    "journal": "journal j jour zeitschrift z zs revue rev revista rivista trans transactions lett letters annals ann"
    " bulletin bull magazine mag acta archives arch archiv quarterly review reviews jahrbuch annales cahiers"
    " notices gazette newsletter tidsskrift časopis вестник журнал",
    "publisher": "press verlag publisher publishers publishing publications éditions edition editions editorial"
    " editore books springer elsevier wiley routledge sage kluwer blackwell pergamon birkhäuser gallimard"
    " suhrkamp penguin macmillan palgrave mcgraw-hill addison-wesley prentice-hall prentice academic acm ieee"
    " springer-verlag north-holland company inc ltd gmbh sons co presses",
    "institution": "university universität université universidad universidade università universiteit institute"
    " institut instituto school college department dept dep laboratory lab faculty academy akademie center centre"
    " nasa nber ministry council association society foundation",
    "thesis": "thesis dissertation thèse tesis tesi proefschrift diss phd ph.d m.sc msc habilitation diplomarbeit"
    " doctoral doktorarbeit masterarbeit bachelorarbeit mémoire",
    "report": "report rep techreport technical tech rapport memo memorandum working preprint patent bericht",
    "date": "spring summer autumn fall winter accessed retrieved zugriff abgerufen consulté visited"
    " frühjahr herbst sommer printemps",
    "when": "press appear submitted forthcoming accepted preparation erscheinen druck paraître",
    "web": "available http https url www online from arxiv doi isbn issn pmid pmcid",
    "edition": "edn edition aufl auflage vyd wyd revised rev 1st 2nd 3rd 4th 5th 6th",
    "court": "v. vs cert f.2d f.3d u.s s.ct l.rev l.j stat u.s.c c.f.r",
}
_CITIES = (
    "amsterdam athens austin baltimore barcelona basel beijing belmont berkeley berlin bloomington bochum boca bonn boston bristol"
    " brussels bruxelles budapest cambridge canberra chicago chichester cologne copenhagen dordrecht dresden dublin"
    " edinburgh firenze frankfurt freiburg genève geneva ghent glasgow göttingen hague hamburg hannover heidelberg"
    " helsinki hillsdale hoboken hong istanbul jena kong köln leiden leipzig leuven lisboa lisbon london londres los"
    " angeles louvain lyon madrid mainz manchester melbourne menlo milan milano montréal montreal moscow москва"
    " münchen munich münster napoli oslo oxford palo padova paris philadelphia pisa portland prague praha princeton"
    " raton reading reston roma rome rotterdam san santiago seoul shanghai stanford stockholm stuttgart sydney"
    " tallinn tokyo torino toronto toulouse tübingen utrecht vancouver vienna warsaw warszawa washington wien"
    " wiesbaden würzburg york zürich zurich санкт-петербург"
)


@cache
def _lexicon() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, text in _CLASSES.items():
        for word in text.split():
            found.setdefault(word, kind)
    for names in table("months").values():
        for word in names:
            found.setdefault(word.casefold(), "month")
    for word in words("people.particles"):
        found.setdefault(word.strip("'."), "von")
    for word in ("jr", "sr", "iii", "ii"):
        found.setdefault(word, "jr")
    places = {*_CITIES.split(), *words("places.countries"), *words("places.states")}
    for place in places:
        if " " not in place:
            found.setdefault(place.casefold().strip("."), "place")
    return found


def word_class(word: str) -> str:
    """Return the class of a word, or "".

    Args:
        word: In lower case, no punctuation around it.

    >>> word_class("pp"), word_class("hrsg"), word_class("october"), word_class("berlin"), word_class("cats")
    ('pp', 'ed', 'month', 'place', '')
    """
    return _lexicon().get(word, "")
