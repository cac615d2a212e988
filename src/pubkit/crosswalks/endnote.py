"""EndNote's reference types, its Refer tags and its XML elements, in terms of RIS.

The RIS of 2011 has one tag for each of EndNote's fields, so a record of either other format is one of RIS in
other letters, and `ris` does the rest. Source: EndNote's reference types and its RSXML document type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pubkit.crosswalks.date_forms import date_source

# Type, RIS code, number in EndNote XML (0 where it is only read). The first one of a code is written.
_TYPES = """
Journal Article           | JOUR    | 17
Book                      | BOOK    | 6
Book Section              | CHAP    | 5
Conference Proceedings    | CONF    | 10
Conference Paper          | CPAPER  | 47
Thesis                    | THES    | 32
Report                    | RPRT    | 27
Generic                   | GEN     | 13
Web Page                  | ELEC    | 12
Newspaper Article         | NEWS    | 23
Magazine Article          | MGZN    | 19
Personal Communication    | PCOMM   | 26
Edited Book               | EDBOOK  | 28
Patent                    | PAT     | 25
Map                       | MAP     | 20
Unpublished Work          | UNPB    | 34
Film or Broadcast         | MPCT    | 21
Case                      | CASE    | 7
Bill                      | BILL    | 4
Statute                   | STAT    | 31
Hearing                   | HEAR    | 14
Computer Program          | COMP    | 9
Manuscript                | MANSCPT | 36
Artwork                   | ART     | 2
Audiovisual Material      | VIDEO   | 3
Figure                    | FIGURE  | 37
Chart or Table            | CHART   | 38
Equation                  | EQUA    | 39
Electronic Article        | EJOUR   | 43
Electronic Book           | EBOOK   | 44
Online Database           | DBASE   | 45
Government Document       | GOVDOC  | 46
Online Multimedia         | MULTI   | 48
Classical Work            | CLSWK   | 49
Legal Rule or Regulation  | LEGAL   | 50
Ancient Text              | ANCIENT | 51
Dictionary                | DICT    | 52
Encyclopedia              | ENCYC   | 53
Grant                     | GRANT   | 54
Aggregated Database       | AGGR    | 55
Blog                      | BLOG    | 56
Serial                    | JFULL   | 57
Standard                  | STAND   | 58
Dataset                   | DATA    | 59
Electronic Book Section   | ECHAP   | 60
Music                     | MUSIC   | 61
Catalog                   | CTLG    | 8
Pamphlet                  | PAMP    | 24
Interview                 | INTV    | 0
Podcast                   | SOUND   | 0
Press Release             | NEWS    | 0
Social Media              | BLOG    | 0
Discussion Forum          | BLOG    | 0
Television Episode        | MPCT    | 0
Multimedia Application    | COMP    | 0
Journal                   | JOUR    | 0
Article                   | JOUR    | 0
Conference                | CONF    | 0
Inproceedings             | CONF    | 0
In Proceedings            | CONF    | 0
Incollection              | CHAP    | 0
Inbook                    | CHAP    | 0
Book Chapter              | CHAP    | 0
Electronic Source         | ELEC    | 0
Online Source             | ELEC    | 0
Website                   | ELEC    | 0
Thesis/Dissertation       | THES    | 0
PhD Thesis                | THES    | 0
PhdThesis                 | THES    | 0
Masters Thesis            | THES    | 0
MastersThesis             | THES    | 0
Technical Report          | RPRT    | 0
TechReport                | RPRT    | 0
Software                  | COMP    | 0
Unpublished               | UNPB    | 0
Misc                      | GEN     | 0
"""
_ROWS = [tuple(cell.strip() for cell in row.split("|")) for row in _TYPES.strip().splitlines()]
#: Name of a type in lower case → RIS code.
CODES: dict[str, str] = {name.lower(): code for name, code, _ in reversed(_ROWS)}
#: Number of a type in EndNote XML → RIS code.
CODES_BY_NUMBER: dict[str, str] = {number: code for _, code, number in _ROWS if number != "0"}
#: RIS code → name and number of a type.
TYPES: dict[str, tuple[str, str]] = {code: (name, number) for name, code, number in reversed(_ROWS)}
# What RIS has beside, and the nearest type.
_NEAREST = {
    "INPR": "JOUR",
    "SLIDE": "UNPB",
    "ICOMM": "PCOMM",
    "UNBILL": "BILL",
    "SOUND": "MUSIC",
    "INTV": "PCOMM",
}


def type_of(code: str) -> tuple[str, str]:
    """Return name and number of EndNote's type for a RIS code.

    >>> type_of("CHAP"), type_of("INPR")
    (('Book Section', '5'), ('Journal Article', '17'))
    """
    return TYPES[_NEAREST.get(code, code)]


# Refer tag ↔ RIS tag. The first RIS tag is read, all of them are written so.
REFER: dict[str, tuple[str, ...]] = {
    "A": ("AU", "A1"),
    "B": ("T2", "C3"),
    "C": ("CY",),
    "D": ("PY",),
    "E": ("A2", "ED"),
    "F": ("ID", "LB"),
    "G": ("LA",),
    "H": ("TA",),
    "I": ("PB",),
    "J": ("JF",),
    "K": ("KW",),
    "L": ("CN",),
    "M": ("AN",),
    "N": ("IS", "M1"),
    "O": ("J2",),
    "P": ("SP",),
    "Q": ("TT",),
    "R": ("DO",),
    "S": ("T3",),
    "T": ("TI",),
    "U": ("UR",),
    "V": ("VL",),
    "W": ("DP",),
    "X": ("AB",),
    "Y": ("A3",),
    "Z": ("N1",),
    "1": ("C1",),
    "2": ("C2",),
    "3": ("C3",),
    "4": ("C4",),
    "#": ("C5",),
    "$": ("C6",),
    "]": ("C7",),
    "6": ("NV",),
    "7": ("ET",),
    "8": ("DA",),
    "9": ("M3",),
    "?": ("A4",),
    "@": ("SN",),
    "!": ("ST",),
    "&": ("SE",),
    "(": ("OP",),
    ")": ("RP",),
    "*": ("RI",),
    "+": ("AD",),
    "<": ("RN",),
    ">": ("L1",),
    "[": ("Y2",),
    "~": ("DB",),
}
_TO_REFER = {tag: refer for refer, tags in reversed(REFER.items()) for tag in tags}

# Path in a record of EndNote XML ↔ RIS tag, in the order in which EndNote writes them; `<` only read.
_ELEMENTS = """
contributors/authors/author              AU
contributors/secondary-authors/author    A2
contributors/secondary-authors/author    ED
contributors/tertiary-authors/author     A3
contributors/subsidiary-authors/author   A4
contributors/translated-authors/author   TA
auth-address                             AD
auth-affiliaton                          AD <
titles/title                             TI
titles/secondary-title                   T2
titles/tertiary-title                    T3
titles/alt-title                         J2
titles/short-title                       ST
titles/translated-title                  TT
secondary-title                          T2 <
tertiary-title                           T3 <
periodical/full-title                    JF <
periodical/abbr-1                        JA <
periodical/abbr-2                        JA <
alt-periodical/full-title                J2 <
pages                                    SP
volume                                   VL
number                                   IS
number                                   M1
issue                                    IS <
num-vols                                 NV
edition                                  ET
section                                  SE
reprint-edition                          RP <
keywords/keyword                         KW
dates/year                               PY
dates/pub-dates/date                     DA
dates/month                              DA <
dates/date                               DA <
pub-location                             CY
publisher                                PB
orig-pub                                 OP
isbn                                     SN
issn                                     SN <
accession-num                            AN
call-num                                 CN
report-id                                SN <
electronic-resource-num                  DO
abstract                                 AB
notes                                    N1
research-notes                           RN
label                                    ID
label                                    LB
caption                                  CA <
urls/web-urls/url                        UR <
urls/related-urls/url                    UR
urls/text-urls/url                       L2 <
urls/pdf-urls/url                        L1
urls/image-urls/url                      L4 <
reviewed-item                            RI <
remote-database-name                     DB
remote-database-provider                 DP <
work-type                                M3
language                                 LA
access-date                              Y2
custom1                                  C1
custom2                                  C2
custom3                                  C3
custom4                                  C4
custom5                                  C5
custom6                                  C6
custom7                                  C7
misc1                                    C8 <
misc2                                    C8 <
misc3                                    C8 <
user16                                   U2 <
"""
_PAIRS = [line.split() for line in _ELEMENTS.strip().splitlines()]
#: Path in EndNote XML → RIS tag.
ELEMENTS: dict[str, str] = {path: tag for path, tag, *_ in reversed(_PAIRS)}
#: RIS tag → path, in the order in which they are written.
PATHS: dict[str, str] = {tag: path for path, tag, *only in _PAIRS if not only}


def tidy(texts: dict[str, list[str]]) -> None:
    """Put what EndNote keeps in numbers of its own into the tags of RIS that mean it, in place.

    A thesis has its degree for a volume, a web page the date of access for volume and number, and what was
    imported from PubMed the full name of the journal for the alternate one.
    """
    code = texts["TY"][0]
    if code == "THES" and not any(char.isdigit() for char in texts.get("VL", ["0"])[0]):
        degree = texts.pop("VL")
        texts.setdefault("M3", degree)
    if code == "ELEC" and "VL" in texts and "IS" in texts:
        accessed = date_source(f"{texts['IS'][0]} {texts['VL'][0]}")
        if accessed and ("Y2" not in texts or date_source(texts["Y2"][0]) == accessed):
            del texts["VL"], texts["IS"]
            texts["Y2"] = [accessed]
    names = [tag for tag in ("T2", "JF") if tag in texts]
    if code == "JOUR" and "J2" in texts and names and len({texts[tag][0] for tag in names}) == 1:
        journal, alternate = texts[names[0]], texts["J2"]
        if len(alternate[0]) > len(journal[0]):
            texts["J2"] = journal
            texts.update(dict.fromkeys(names, alternate))


def in_refer(left: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return what has no place under Refer's names of the tags.

    >>> in_refer({"C4": ["x"], "%=": ["y"]})
    {'%4': ['x'], '%=': ['y']}
    """
    return {f"%{_TO_REFER[tag]}" if tag in _TO_REFER else tag: texts for tag, texts in left.items()}


def in_elements(left: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return what has no place under the names of EndNote's elements."""
    return {PATHS.get(tag, tag): texts for tag, texts in left.items()}


def to_refer(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a RIS record in tags of Refer, without its `TY`.

    >>> to_refer([("TY", "JOUR"), ("ID", "k"), ("SP", "1"), ("EP", "9"), ("DA", "2020/05//")])
    [('F', 'k'), ('P', '1-9'), ('8', '2020-05')]
    """
    return [(_TO_REFER[tag], text) for tag, text in _plain(pairs) if tag in _TO_REFER]


def to_elements(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a RIS record as paths of EndNote XML and texts, without its `TY`, in EndNote's order."""
    order = {path: at for at, path in enumerate(PATHS.values())}
    made = [(PATHS[tag], text) for tag, text in _plain(pairs) if tag in PATHS]
    return sorted(made, key=lambda pair: order[pair[0]])


def _plain(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs of a RIS record as EndNote spells them: pages, dates, numbers of PubMed."""
    given = list(pairs)
    last = next((text for tag, text in given if tag == "EP"), "")
    made = []
    for tag, text in given:
        if tag == "SP" and last:
            made.append((tag, f"{text}-{last}"))
        elif tag in ("DA", "Y2"):
            made.append((tag, _iso(text)))
        elif tag == "U1":
            made.append(("AN", f"PMID: {text.removesuffix('[pmid]')}"))
        elif tag == "U2":
            made.append(("C2", text.removesuffix("[pmcid]")))
        elif tag not in ("TY", "EP"):
            made.append((tag, text))
    return made


def _iso(text: str) -> str:
    """Return the date of RIS, YEAR/MONTH/DAY/SEASON, as people and EndNote write it."""
    parts = text.split("/")
    if len(parts) != 4:
        return text
    year, month, day, season = parts
    if season:
        return f"{season} {year}"
    return "-".join(filter(None, (year, month, day)))
