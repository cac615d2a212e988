"""The shapes of what an entry holds beside running text: dates, numbers, identifiers, remarks."""

from __future__ import annotations

import re
from typing import Literal

from pubkit.formats.paperlist.words import table, words

Kind = Literal[
    "link",
    "doi",
    "arxiv",
    "isbn",
    "issn",
    "pmid",
    "pmcid",
    "date",
    "volume",
    "status",
    "remark",
    "number",
    "with",
    "genre",
    "patent",
    "second",
    "citation",
    "badge",
    "hal",
    "rxiv",
    "noise",
]

# -- words --------------------------------------------------------------------------------------------

MONTHS = {name: int(number) for number, names in table("months").items() for name in names}

# What an entry says about its state, in BibLaTeX's words for `pubstate`.
STATUS: tuple[tuple[str, str], ...] = (
    (
        r"in preparation|in prep\.?|work in progress|in vorbereitung|en préparation|en preparación"
        r"|em preparação"
        r"|in preparazione|в подготовке|準備中",
        "inpreparation",
    ),
    (
        r"(?:currently )?(?:under|in) (?:submission|(?:peer )?review)(?: (?:at|for|by|in)\b)?|under revision"
        r"|(?:major|minor) revision"
        r"|(?:revise(?:d)? (?:and|&) resubmit(?:ted)?|reject (?:and|&) resubmit|revisions? (?:requested"
        r"|submitted|invited)"
        r"|R ?& ?R)(?:,? \(?\w+ round\)?)?(?: (?:at|in|by|to|from)\b)?|in revision(?: (?:at|for|with)\b)?"
        r"|(?:to be )?submitted(?: (?:to|for publication)\b)?"
        r"|revise and resubmit|eingereicht(?: bei)?|soumis(?:e)?(?: à)?|enviado(?: a)?"
        r"|submetido(?: a)?|sottomesso"
        r"|ingediend|投稿中|审稿中|在审|на рецензии",
        "submitted",
    ),
    (
        r"in press|im druck|im erscheinen|sous presse|en prensa|no prelo|in stampa|in druk|в печати"
        r"|印刷中|online first"
        r"|early access|e?pub ahead of print|published ahead of print|advance online publication",
        "inpress",
    ),
    (
        r"(?:to|will) app?ear(?: (?:in|at)\b)?|forthcoming(?: (?:in|article)\b)?|(?:conditionally )?accepted"
        r"(?: (?:for publication(?: in)?|at|to|by|in|with minor revisions?)\b)?|erscheint(?: in)?"
        r"|angenommen|à paraître"
        r"|accepté|aceptado|aceito|accettato|geaccepteerd|принято|已接收|已录用|录用|採択",
        "forthcoming",
    ),
)
STATE = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{value}>{words})" for words, value in STATUS) + r")(?!\w)[.:]?",
    re.IGNORECASE,
)


def status_of(text: str) -> str:
    """Return BibLaTeX's `pubstate` for what a text says about a state of publication, "" for nothing.

    >>> status_of("Under review"), status_of("published")
    ('submitted', '')
    """
    found = STATE.search(text)
    return (found.lastgroup or "") if found else ""


# What is said beside a publication: kept as a note.
REMARK = re.compile(
    r"\b(?:premio|prix|preis|prêmio|nagroda|finalista|vincitore|vincitrice|ganador|lauréat"
    r"|job[- ]market paper|(?:paper|poster|oral|conference|panel) presentation|unpublished|best"
    r"|outstanding"
    r"|distinguished|honou?rable|award(?:ed)?|winner"
    r"|finalist|runner[- ]up|oral"
    r"|CCF[- ][ABC]|CORE A\*?|spotlight|poster|highlight(?:ed)?|short(?: paper)?|long(?: paper)?|full "
    r"paper|demo(?:s"
    r"|nstration)?|findings"
    r"|main(?: conference)?|invited|nominat\w+|equal contribution|co-first authors?"
    r"|corresponding author|joint first"
    r"|top \d+(?:\.\d+)?\s?%|acceptance rate|extended abstract|featured|editor'?s? (?:choice"
    r"|suggestion)|late[- ]breaking"
    r"|book review|journal version|conference version|preprint|in english|in german|in french|in russian"
    r"|in (?:japanese|chinese|korean|spanish|portuguese|italian|dutch|norwegian|swedish|danish|finnish|polish"
    r"|czech|turkish|arabic|hungarian|greek)|perspective|review article|editorial|peer[- ]reviewed"
    r")\b",
    re.IGNORECASE,
)
LABEL_WORDS = words("links.labels")

# A second place of publication, told behind the first: "A revised version of this paper appeared in …".
SECOND = re.compile(
    r"(?:(?<=[.!?;\d)] )|(?<=[(\n]))((?i:(?:an?|the|this is an?) )?(?i:revised|extended|preliminary"
    r"|short(?:er|ened)?"
    r"|long(?:er)?|full|earlier|journal|conference|workshop|updated|arxiv|final)"
    r" (?:(?:and|or) \w+ )?(?:version|abstract)\b(?: of (?:this|the) (?:paper|work|article))?(?: (?:was"
    r"|is|has been|will be))?"
    r"(?: (?:appear(?:s|ed)?|published|presented|to appear))? ?(?::|in\b|at\b)|[Aa]lso (?:appear(?:s|ed)?"
    r"|published|available|presented)? ?(?:in|at|as)\b)"
)

# -- shapes --------------------------------------------------------------------------------------------

URL = re.compile(r"<?\b(?:https?://|www\.)[^\s<>\"'{}|\\^`，。、）]+>?", re.IGNORECASE)
DOI = re.compile(
    r"(?:\bdoi\s*[:=]?\s*|https?://(?:dx\.)?doi\.org/)?\b(10\.\d{4,9}(?:/|%2[Ff])[^\s\"<>{}|\\^`\]，。、⟩]+)",
    re.IGNORECASE,
)
DOI_WORD = re.compile(r"(?:\bdoi\s*[:=]?\s*|https?://(?:dx\.)?doi\.org/)$", re.IGNORECASE)
_ARXIV_NAME = (
    r"(?:corr\s+abs/|(?:https?://(?:www\.|export\.)?)?arxiv"
    r"(?:[- ](?:e-?|pre-?)prints?)?(?:\.org/(?:abs|pdf)/)?)"
)
_ARXIV_NUMBER = r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
ARXIV = re.compile(
    rf"\(?\[?\b(?:(?P<lead>{_ARXIV_NAME})[\s:,]*(?:arxiv:)?\s*)"
    rf"(?P<id>{_ARXIV_NUMBER})(?:\s*\[(?P<class>[\w.-]+)\])?\]?\)?",
    re.IGNORECASE,
)
ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*((?:97[89][- ]?)?[\d][\d -]{7,14}[\dXx])", re.IGNORECASE)
ISSN = re.compile(r"\b[ep]?-?ISSN:?\s*(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
# What HAL says behind an entry: "⟨hal-03123456v2⟩", "⟨tel-01234567⟩".
HAL = re.compile(
    r"[⟨<]?\b(?P<id>(?:hal|tel|halshs|inria|inserm|cel|dumas|hceres|ijn|pasteur|ird"
    r"|anses)-\d{6,10}(?:v\d+)?)[⟩>]?"
)
RXIV = re.compile(
    r"\b(?P<server>bio|med|chem)[Rr]xiv\s?(?:preprint)?[:,]?\s?(?:doi:\s?)?(?:10\.1101/)?"
    r"(?P<id>(?:\d{4}\.\d{2}\.\d{2}\.)?\d{6,8}(?:v\d+)?)(?![\w/])"
)
IDENTIFIERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("isbn", ISBN),
    ("issn", ISSN),
    ("pmid", re.compile(r"\bPMID:?\s*(\d{1,8})\b")),
    ("pmcid", re.compile(r"\bPMCID:?\s*(PMC\d{1,9})\b")),
)
# A line that says itself what it holds.
CAPTION = re.compile(
    r"(?:^|(?<=\n))(?:title|authors?|contributors|venue|journal|conference|published in|publication|year|date"
    r"|abstract|autoren|titel"
    r"|auteurs|autores|作者|标题|期刊|会议)\s*[:：]\s*",
    re.IGNORECASE,
)
WITH = re.compile(
    r"(?:^|(?<=[\n(.,;!?”\"] )|(?<=[\n(\[]))(?:(?i:joint(?:ly)?(?: work)?|co-?authored|avec"
    r"|mit) )?(?:[Ww]ith|(?<=avec )|(?<=mit ))\s*(?=[A-ZÀ-Þ])"
)
WITH_ENDS = re.compile(r"[)\n\]]|(?<=[a-zß-ÿ]{2})\.|\((?!\w+\))|;|[“\"]|$")
# How often a work is cited, before its year: a column of Google Scholar.
CITED_BY = re.compile(r"(?:^|(?<=\n))\d{1,6}\*?(?=\s+(?:19|20)\d\d\s*$)")
# When a paper was online before its issue: "(Epub 2018 Feb 12)".
EPUB = re.compile(r"\(?\bE-?pub:? (?:date:? )?(?:19|20)\d\d[ ,A-Za-z\d]{0,16}\)?")
# "21 (2/2019)", "14, 2001 (2018)": numbers that look like dates.
VOLUME_BEFORE = re.compile(r"\b\d{1,4} ?\($")
PAGE_YEAR = re.compile(r"(?:.{0,3}\b)?\d{1,4}, (?:19|20)\d\d \((?:19|20)\d\d\)")
# What a Chinese list says about the kind of a work: "[J]", "[D]", "[C]//", "[EB/OL]".
GENRE = re.compile(r"\s?\[([JCDMRPNZSAG]|DS|DB|EB|CP)(?:/OL)?\](?:\s?//)?")
# "[Data set]", "[Computer software]", as APA has it.
# The last line of an entry of a Pure portal: "Research output: Contribution to journal › Article".
PORTAL = re.compile(
    r"(?:^|(?<=\n))Research output: (?P<where>[^\n›]{3,60})(?: › (?P<what>[^\n›]{3,60}))?(?: › "
    r"[^\n›]{3,40})*(?=\n|$)"
)
# A record pasted from ORCID: "2023-04-01 | Journal article", "Source: Crossref".
ORCID_KIND = re.compile(
    r"(?<=\d) \| (?P<kind>Journal article|Conference (?:paper|proceedings)|Book chapter|Book"
    r"|Dissertation/Thesis"
    r"|Dissertation or Thesis|Preprint|Working paper|Report|Patent|Data set|Other|Review)(?=\n|$)"
)
ORCID_KINDS = {
    "Journal article": "article",
    "Conference paper": "inproceedings",
    "Conference proceedings": "inproceedings",
    "Book chapter": "incollection",
    "Book": "book",
    "Dissertation/Thesis": "thesis",
    "Dissertation or Thesis": "thesis",
    "Working paper": "report",
    "Report": "report",
    "Patent": "patent",
}
SOURCE_LINE = re.compile(r"(?:^|(?<=\n))(?:Source: ?[^\n]{2,80}|Part of ISBN: ?[\d-]{10,17})(?=\n|$)")
PORTALS: tuple[tuple[str, str], ...] = (
    ("Conference contribution", "inproceedings"),
    ("Contribution to conference", "inproceedings"),
    ("Contribution to journal", "article"),
    ("Working paper", "report"),
    ("Chapter", "incollection"),
    ("Thesis", "thesis"),
    ("Doctoral", "thesis"),
    ("Anthology", "collection"),
    ("Book", "book"),
    ("Patent", "patent"),
    ("Report", "report"),
)
KEPT = re.compile(
    r"\[(?:(?P<DS>data ?set)|(?P<CP>computer software|source code|computer program))\]", re.IGNORECASE
)
GENRES: dict[str, str] = {
    "J": "article",
    "C": "inproceedings",
    "D": "thesis",
    "M": "book",
    "R": "report",
    "P": "patent",
    "EB": "online",
    "DB": "dataset",
    "DS": "dataset",
    "CP": "software",
    **{type_: type_ for _, type_ in PORTALS},
    **{type_: type_ for type_ in ORCID_KINDS.values()},
}

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAYS = r"\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–—/]\s?\d{1,2}(?:st|nd|rd|th)?)?"
DATE = re.compile(
    rf"(?<![\w./:–-])(?:(?:{MONTH})\.? \d{{1,2}}\s?[-–]\s?(?=(?:{MONTH})\b))?"
    rf"(?:(?:{DAYS}\.?\s+(?:de\s+)?)?(?P<month>{MONTH})\b\.?(?:\s?[-–/]\s?(?:{MONTH})\b\.?)?,?\s*"
    rf"(?:(?:de|of)\s+)?(?:{DAYS},?\s+)?)?(?P<year>(?:1[89]|20)\d\d)(?:[a-e](?!\w)"
    rf"|\s?[年년](?:\s?(?P<cjk>\d{{1,2}})\s?[月월])?)?"
    rf"(?![\w–-]|[/.:]\d|\s?[-–]\s?\d)",
    re.IGNORECASE,
)
# One day, not several: "Sep. 21, 2021", "21 September 2021"; and as PubMed has it, "2019 Mar 6".
DAY = re.compile(
    rf"(?:(?:{MONTH})\b\.?\s+(?P<after>\d{{1,2}})(?:st|nd|rd|th)?,"
    rf"|(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:de\s+|of\s+)?(?:{MONTH})\b\.?,?)\s*(?:(?:de"
    rf"|of)\s+)?\d{{4}}",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(
    rf"(?<![\w./–-])(?P<year>(?:1[89]|20)\d\d),?\s(?P<month>{MONTH})\b\.?(?:-(?:{MONTH})\b\.?)?"
    rf"(?:\s(?P<day>\d{{1,2}})(?:\s?[-–]\s?(?:(?:{MONTH}) )?\d{{1,2}})?)?(?=\s*(?:[;:,.()]|$|\n))",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:1[89]|20)\d\d")
DIGIT = re.compile(r"\d")
ISO_DATE = re.compile(r"(?<![\w./-])((?:1[89]|20)\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?(?![\w/-]|\.\d)")
MONTH_YEAR = re.compile(r"(?<![\w./-])(0?[1-9]|1[0-2])/((?:(?:19|20)\d\d)|\d\d)(?![\w/-])")
SHORT_YEAR = re.compile(r"(?<=[A-Za-z&])\s?['’‘](\d\d)(?!\w)")

# How a page asks to be cited; it says again, and more fully, what stands above it.
CITATION = re.compile(
    r"(?:^|(?<=\n))(?:recommended citation|please cite(?: as)?|cite (?:this )?as|citation"
    r"|how to cite)\s*:?\s*(?P<text>[^\n]{30,})",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(?:^|[\n,.;:(\[|·–—/-]|['’”\"»])\s*$")
AFTER = re.compile(r"\s*(?:$|[\n,.;:)\]|·–—]|\[)")
QUOTED = re.compile(
    r"[\"“„«「『‘](?P<inside>[^\"“”„«»「」『』]{4,400})[\"”“»」』’]"
    # "'Women's work', in": British lists; an apostrophe within a word closes nothing.
    r"|(?<![^\s(\[])'(?=[^\s'])[^'\n]{0,200}(?:'(?!\s*(?:[,.;:)]|$)|\s+(?:in|In)\b|\s\()[^'\n]{1,200}){0,4}"
    r"(?:(?<=[,.?!])'(?=\s|$)|'(?=[,.;:)]|\s+(?:in|In)\b|\s\(|$))"
)
BRACKETED = re.compile(r"\[([^\[\]]{0,30})\]|\|\s*(?=\||$|\n)")
SHORT_REMARK = re.compile(
    r"(?:[^\w\s,;.]{1,3}\s)?(?:an? )?(?:preprint|unpublished(?: manuscript)?|brief announcement|oral"
    r"|spotlight|poster|highlight"
    r"|short|long|demo|findings|short paper|long paper"
    r"|full paper|oral presentation"
    r"|spotlight presentation|poster presentation|extended abstract|(?:\w+ )?(?:best|outstanding"
    r"|distinguished)"
    r"(?: [\w-]+){0,4} (?:award|paper|finalist|nominee|nomination|runner-up|mention)(?: [\w-]+){0,3}"
    r"|winner of (?:the )?[\w'’/ -]{3,60}(?:award|prize|medal))",
    re.IGNORECASE,
)
# "Rez. zu: A. Li, A Book, Place 2014, in: Journal": all that is reviewed is the title.
REVIEW = re.compile(
    r"\W{0,2}(?P<what>(?i:rez(?:ension|\.)?|besprechung|review|compte[- ]rendu|recensione?|reseña|recensão) "
    r"(?:zu|von|of|de|du|a|di|to)\b:?\s\S[^\n]{10,300}?),? (?:i|I)n:? (?=[A-ZÀ-Þ])"
)
ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d\b")


def looks_whole(text: str) -> bool:
    """Tell whether a text has what an entry needs: a year or a status, and words enough for a title."""
    head = text[:2000]
    words = len(head.split()) + len(_NO_SPACES.findall(head)) / 3
    return words >= 6 and bool(ANY_YEAR.search(head) or STATE.search(head))


# Chinese and Japanese put no spaces between words.
_NO_SPACES = re.compile(r"[\u3040-\u9fff]")


def is_label(text: str | None) -> bool:
    """Tell whether a link text only names what it leads to.

    >>> is_label("[PDF]"), is_label("project page"), is_label("On Links"), is_label("Available from arXiv")
    (True, True, False, True)
    """
    if text is None:
        return True
    found = re.findall(r"[^\W_]+", text.casefold())
    return len(found) <= 6 and all(
        word in LABEL_WORDS or (word.isdigit() and len(word) < 4) for word in found
    )


def is_labels(text: str) -> bool:
    """Tell whether a paragraph is nothing but links to an entry's files: "PDF | Code", "[doi] [slides]".

    >>> is_labels("[pdf] [code]"), is_labels("PDF Cite DOI"), is_labels("Code of conduct")
    (True, True, False)
    """
    return len(text) <= 120 and any(map(str.isalpha, text)) and is_label(text)
