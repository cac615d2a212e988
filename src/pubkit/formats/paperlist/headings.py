"""What a heading says: that a publication list starts, that something else starts, or what a group is.

Stems are folded (no accents, lower case). A stem that ends in "*" matches the start of a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pubkit.text.fold import fold

# Words that make a heading that of a publication list, by language.
LIST_WORDS: dict[str, str] = {
    "en": "publication* paper papers article articles preprint preprints manuscript manuscripts bibliography "
    "proceedings monograph* chapter chapters thesis theses dissertation* journal journals conference conferences "
    "workshop workshops refereed scholarship books published",
    "de": "veroffentlichung* publikation* aufsatz aufsatze artikel zeitschriftenartikel zeitschriften* "
    "buchkapitel schriftenverzeichnis schriften konferenzbeitrage beitrage monographie* bucher",
    "fr": "articles communications ouvrages chapitres theses revues actes",
    "es": "publicaciones articulos capitulos libros tesis ponencias revistas",
    "pt": "publicacoes artigos capitulos livros teses periodicos",
    "it": "pubblicazioni articoli capitoli libri riviste",
    "nl": "publicaties artikelen hoofdstukken boeken proefschrift",
    "ru": "публикации публикация статьи статья труды монографии препринты",
}
LIST_CHARACTERS = (
    "论文",
    "論文",
    "发表",
    "發表",
    "著作",
    "業績",
    "出版物",
    "研究成果",
    "刊行物",
    "期刊",
    "会议论文",
)
# These make it so only when they are the whole heading.
LIST_WHOLE = frozenset(
    ["research", "works", "work", "forschung", "recherche", "recherches", "investigacion", "pesquisa", "ricerca", "onderzoek", "written work", "selected works", "selected work", "working draft", "selected research", "in press", "under review", "in preparation", "submitted", "forthcoming", "to appear", "work in progress", "works in progress", "arbeiten", "lavori", "trabajos", "trabalhos", "travaux", "труды", "recent research", "patents", "technical reports", "technical report", "reports", "pub", "pubs", "reviews", "books"]
)
# Words that make a heading that of something else, even beside a word above ("conference talks").
OTHER_WORDS: dict[str, str] = {
    "en": "education experience* employment honor* honour* award* teaching talk talks presentation presentations "
    "service services interest interests skill* summary about news contact software activities activity grant grants "
    "funding students supervision mentoring membership* references reference media outreach invited* background "
    "project projects course courses review* referee editor* committee* organization organized position positions "
    "appointment* scholarships fellowship* languages hobbies personal profile biography bio seminar* lecture* "
    "podcast* press code data datasets competition* certification* internship* links statement group team people "
    "tutorial* poster posters attended visits blog",
    "de": "ausbildung bildung berufserfahrung lebenslauf lehre vortrage vortrag auszeichnungen preise interessen "
    "kenntnisse sprachen projekte kontakt stipendien mitgliedschaft* gutachter* betreuung praktika uber mich "
    "forschungsinteressen tatigkeiten werdegang",
    "fr": "formation enseignement* experience* prix distinctions projets competences langues encadrement exposes "
    "seminaires interets logiciels",
    "es": "educacion formacion experiencia docencia premios proyectos conferencias charlas habilidades idiomas",
    "pt": "educacao formacao experiencia ensino premios projetos palestras idiomas",
    "it": "istruzione formazione esperienza didattica premi progetti seminari lingue insegnamento",
    "nl": "opleiding ervaring onderwijs prijzen projecten lezingen talen",
    "ru": "образование опыт награды преподавание доклады проекты навыки гранты конкурсы",
}
OTHER_CHARACTERS = (
    "教育",
    "学歴",
    "学位",
    "经历",
    "経歴",
    "職歴",
    "教学",
    "講演",
    "奖",
    "受賞",
    "获奖",
    "授業",
    "项目",
    "兴趣",
)
# What the entries of a group are. The first that matches counts.
GROUP_TYPES: tuple[tuple[str, str], ...] = (
    ("preprint* submitted preparation working progress manuscript* eingereicht preparacion", "unpublished"),
    ("chapter* buchkapitel chapitres capitulos capitoli hoofdstukken", "incollection"),
    ("thesis theses dissertation* tesis teses proefschrift", "thesis"),
    ("journal* zeitschrift* revistas periodicos riviste revues aufsatze", "article"),
    ("conference* proceedings workshop* konferenz* actes ponencias communications", "inproceedings"),
    ("report reports", "report"),
    ("patent patents", "patent"),
    ("book books monograph* bucher livros libros libri boeken ouvrages monographie*", "book"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    Attributes:
        role: "list" starts a publication list, "other" another section, "group" divides a list by year,
            "unknown" is anything else.
        year: The year of a group, or "".
        type: Entry type of a group, or "".
    """

    role: Literal["list", "other", "group", "unknown"]
    year: str = ""
    type: str = ""


_YEAR = re.compile(
    r"(?:year|jahr|annee|ano|anno|jaar)? ?((?:19|20)\d\d)(?: (?:present|now|heute))?(?:年(?:度)?)?"
)
_COUNT = re.compile(r"\(?\b\d+\)?")
MAX_WORDS = 12


@lru_cache(maxsize=4096)
def classify(text: str) -> Heading:
    """Say what a heading text is.

    >>> classify("Selected Publications").role, classify("Research Interests").role, classify("2023").year
    ('list', 'other', '2023')
    >>> classify("Journal articles").type, classify("学术论文").role, classify("Zusammenarbeit").role
    ('article', 'list', 'unknown')
    """
    folded = fold(text[:400])
    if year := _YEAR.fullmatch(folded):
        return Heading("group", year=year[1])
    words = _COUNT.sub(" ", folded).split()
    if not words or len(words) > MAX_WORDS:
        return Heading("unknown")
    listed = (
        " ".join(words) in LIST_WHOLE or _any(words, _LIST) or any(part in folded for part in LIST_CHARACTERS)
    )
    if _any(words, _OTHER) or any(part in folded for part in OTHER_CHARACTERS):
        # "Awards and publications" is a list too, "publication awards" is not: the last word decides.
        return Heading("list" if listed and _any(words[-1:], _PURE) else "other")
    if not listed:
        return Heading("unknown")
    kind = next((type_ for stems, type_ in _GROUPS if _any(words, stems)), "")
    return Heading("list", type=kind)


@lru_cache(maxsize=4096)
def is_known(text: str) -> bool:
    """Tell whether a line of plain text is a heading by its words alone.

    A line among other lines must be nearly nothing but heading words, since titles hold such words too.

    >>> is_known("Research"), is_known("SELECTED PUBLICATIONS"), is_known("Paper planes and how they fly")
    (True, True, False)
    """
    if len(text) > 60 or text.rstrip().endswith((".", ",", ";", "?")):
        return False
    words = [word for word in _COUNT.sub(" ", fold(text)).split() if word not in _FILL]
    if not words:
        return bool(_YEAR.fullmatch(fold(text)))
    if classify(text).role in ("unknown", "group"):
        return classify(text).role == "group"
    if " ".join(words) in LIST_WHOLE or any(part in text for part in LIST_CHARACTERS + OTHER_CHARACTERS):
        return len(words) <= 3
    return len(words) <= 5 and all(
        _any([word], _LIST) or _any([word], _OTHER) or word in _QUALIFY for word in words
    )


_FILL = frozenset(["and", "the", "of", "in", "my", "other", "und", "et", "y", "e", "i", "en", "de", "la", "les", "des", "andere", "other"])
_QUALIFY = frozenset(
    ["selected", "research", "peer", "reviewed", "refereed", "recent", "full", "list", "complete", "academic", "scientific", "professional", "work", "ausgewahlte", "wissenschaftliche", "selectionnees", "seleccionadas", "selecionadas", "selezionate", "geselecteerde", "book", "technical", "first", "author", "international", "journal", "conference", "list", "honors", "under", "preparation", "press", "working", "submitted", "invited", "current", "past", "main", "key", "representative", "industry", "qualifications", "vitae", "community", "related", "doctoral", "phd", "master"]
)

_Stems = tuple[frozenset[str], tuple[str, ...]]


def _stems(text: str) -> _Stems:
    words = text.split()
    return frozenset(word for word in words if "*" not in word), tuple(
        word[:-1] for word in words if word.endswith("*")
    )


def _any(words: list[str], stems: _Stems) -> bool:
    whole, starts = stems
    return any(word in whole or word.startswith(starts) for word in words)


_LIST = _stems(" ".join(LIST_WORDS.values()))
_OTHER = _stems(" ".join(OTHER_WORDS.values()))
_PURE = _stems(
    "publication* papers articles preprints veroffentlichung* publikation* publicaciones publicacoes"
)
_GROUPS = tuple((_stems(stems), type_) for stems, type_ in GROUP_TYPES)
