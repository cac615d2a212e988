"""What pubkit tells about data: a code, a place, what is wrong and what to do.

Each code stands once in `CODES`; `docs/diagnostics.md` is generated from that table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # something was lost or could not be read
    WARNING = "warning"  # read, but a person should look
    INFO = "info"  # a guess or a repair, reported for the record


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is.

    Attributes:
        file: Name of the input, or "" for a string.
        line: Line, counted from 1; 0 when not known.
        column: Column in characters, counted from 1; 0 when not known.
        key: Citation key of the entry concerned, if any.
        field: Field concerned, if any.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = self.file or ("<text>" if self.line else "")
        if self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        entry = f"[{self.key}]" if self.key else ""
        return " ".join(part for part in (place, entry) if part)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the data.

    Attributes:
        code: A key of `CODES`, e.g. "PK104", or a rule code such as "T001".
        message: What is wrong, in one clause.
        severity: How bad it is.
        location: Where it is.
        hint: What to do, in one clause.
        fix: What was done about it or would repair it, if anything.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    location: Location = field(default_factory=Location)
    hint: str = ""
    fix: str = ""

    def __str__(self) -> str:
        where = str(self.location)
        head = f"{where}: {self.code} " if where else f"{self.code} "
        tail = f"; {self.hint}" if self.hint else ""
        return f"{head}{self.message}{tail}"


# Ranges: PK00x files and encodings · PK1xx paper lists · PK2xx BibTeX syntax · PK3xx values (names, dates,
# LaTeX) · PK4xx crosswalks (what could not be carried) · PK5xx styles and formatting · PK6xx duplicates ·
# PK7xx writing · PK80x manuscripts. Rules have codes of their own (see `pubkit.rules`).
CODES: dict[str, str] = {
    "PK001": "The text was not UTF-8; it was read in the encoding named.",
    "PK003": "The input is empty.",
    "PK002": "The file holds bytes that are no text in its encoding; they were kept or replaced as said.",
    "PK010": "A Word document is damaged and could not be read.",
    "PK011": "A PDF is encrypted or damaged and could not be read.",
    "PK012": "A PDF holds no text, only pictures of it.",
    "PK013": "Some pages of a PDF hold no text; they were not read.",
    "PK014": "A PDF has more pages than a list has; the last ones were not read.",
    "PK101": "No publication was found in the text.",
    "PK102": "An entry of a paper list is not laid out like the others; its fields are a guess.",
    "PK103": "A part of a paper list was read as no publication.",
    "PK104": "An entry of a paper list names no author.",
    "PK105": "The entry type is a guess: neither venue nor heading says it.",
    "PK106": "An entry of a paper list has no year.",
    "PK107": "A part of an entry was not understood; it was kept as a note.",
    "PK108": "The owner of the list was added as first author of an entry that names co-authors only.",
    "PK109": "An entry names co-authors and leaves out the owner of the list, who is not known.",
    "PK110": "Fields that the entry lacks were read from the citation beside it.",
    "PK111": "A part of a paper list is too long to be an entry.",
    "PK112": "Macros in a LaTeX list are not defined in its text; what they stand for is missing.",
    "PK113": "An entry of a list has no title; its venue, volume and page are kept.",
    "PK114": "The second venue that a list tells of a paper became an entry of its own, linked by `related`.",
    "PK115": "Data of a list that no field of an entry holds; it stays in `extra`.",
    "PK140": "The letters of a paper list had been decoded wrongly (mojibake); they were repaired.",
    "PK421": "CSL has no place for these fields.",
    "PK422": "CSL has no such entry type; the item becomes a document.",
    "PK423": "A date could not be read as one; it was carried as text.",
    "PK424": "BibLaTeX has no place for these variables of a CSL item.",
    "PK425": "A CSL item has no type, or one that CSL does not know; it becomes misc.",
    "PK426": "A value of a CSL item has a shape that it cannot have; it was left out.",
    "PK427": "This is not JSON, or not a list of CSL items.",
    "PK428": "An element of a CSL-JSON list is no item; it was left out.",
    "PK450": "The YAML is broken, or has more than one document; what could be read of it was read.",
    "PK451": "YAML nests too deep, or its aliases stand for too much; that part was not read.",
    "PK452": "The JSON or YAML has not the shape of this format.",
    "PK454": "A reference without marked parts was read by the reference labeller; its fields are a guess.",
    "PK453": "A record of the list is no object; it was left out.",
    "PK480": "bibtexparser could not read this block, or one of its middlewares failed there; it was kept.",
    "PK481": "A pybtex entry has a field and persons of one name; the persons were taken.",
    "PK482": "A bibtexparser entry has a field twice; the first one was taken.",
    "PK483": "A bibtexparser field held something else than text; it was turned to text.",
    "PK501": "A CSL item is not an object; it was left out.",
    "PK502": "Two CSL items share an id; the last one is used.",
    "PK503": "A CSL item has no type.",
    "PK504": "The names of a CSL item are not as CSL-JSON has them; what can be read of them is used.",
    "PK505": "A date of a CSL item cannot be read; it counts as absent.",
    "PK506": "A variable of a CSL item holds something that is no text; it counts as absent.",
    "PK507": "A citation names an item that does not exist.",
    "PK508": "The style prints nothing for an item; it is left out of the bibliography.",
    "PK520": "The style has no bibliography; entries are shown as the notes or citations that it makes.",
    "PK530": "The thumbnail of an entry cannot be shown.",
    "PK531": "A download of the page cannot be made.",
    "PK533": "A list in a document is empty: nothing is what its marker asks for.",
    "PK532": "Two entries of a page have one citation key; the second got a letter.",
    "PK201": "The entry or comment is not closed; it was read up to the next one.",
    "PK202": "Nothing of the entry could be read; its text is kept as a failed block.",
    "PK203": "A comma is missing between two fields or after the citation key.",
    "PK204": "Two commas follow each other.",
    "PK205": "Braces or quotes of a field do not match; its text was kept up to the next field.",
    "PK206": "Text in an entry that is no field, or a field without a value, was skipped.",
    "PK207": "An @string macro is used but not defined.",
    "PK208": "The entry has no citation key.",
    "PK209": "Two entries have the same citation key; both are kept.",
    "PK210": "Two citation keys differ only in letter case.",
    "PK211": "A field stands twice in an entry; the first one counts.",
    "PK213": "The citation key holds characters that LaTeX cannot cite.",
    "PK214": "An @string or @preamble could not be read; its text is kept.",
    "PK215": "A line inside an entry is commented out with %.",
    "PK216": "An @string macro is defined again.",
    "PK217": "An entry inherits from itself through crossref or xdata.",
    "PK218": "crossref or xdata names an entry that is not in the library.",
    "PK219": "An entry stands behind %, which comments nothing out in a .bib.",
    "PK220": "Text outside of entries looks like fields; it was not read and is kept as it stands.",
    "PK401": "The entry has a field under its BibTeX and its BibLaTeX name.",
    "PK402": "A year or month is no date and stays text.",
    "PK403": "A year or month does not agree with the date.",
    "PK404": "Classic BibTeX styles see only a part of the date; the whole one is written beside it.",
    "PK430": "The format has no place for this; it was left out.",
    "PK431": "The format has no such entry type; the nearest one was taken.",
    "PK432": "The format holds this otherwise, or a part of it only.",
    "PK433": "BibLaTeX has no place for a part of the record; it was left out, `extra` keeps it.",
    "PK434": "The record has no type, or one that its format does not know.",
    "PK435": "Two records of a file have one identifier.",
    "PK436": "The file is cut off; what stands before was read.",
    "PK437": "Text that belongs to no record was passed over.",
    "PK438": "Records could not be read.",
    "PK439": "The XML is not well-formed; it was mended, or read as far as it goes.",
    "PK440": "The document type declares entities; they are not followed.",
    "PK441": "A table has headings but no rows.",
    "PK442": "A row of a table has more or fewer cells than the table has columns.",
    "PK446": "The content of a file is of another format than its name says; the content was believed.",
    "PK447": "The content may be of two formats.",
    "PK455": "A packed file (gzip, bzip2, xz) is cut off or damaged; it was read up to there.",
    "PK701": "The braces of a field do not match; the odd ones were written as text.",
    "PK703": "An entry had no citation key where one is needed; it was given one by the default pattern.",
    "PK704": "A changed text does not fit into the encoding of its file; it was written as UTF-8.",
    "PK702": "A field keeps letters for which there is no LaTeX macro.",
    "PK601": "Merged entries say different things in a field; the value named was kept.",
    "PK800": "A manuscript names a file that is not there.",
    "PK801": "A manuscript names a file outside the folder that may be read.",
    "PK803": "A file of a manuscript cannot be read.",
    "PK804": "A key is cited that no library has.",
    "PK805": "One publication, or versions of one work, are cited under several keys.",
    "PK807": "Two libraries have a key and say different things; the first one counts.",
    "PK808": "The .bib of a manuscript is not what it needs.",
    "PK809": "An entry needs another one that is in no library.",
    "PK810": "A manuscript cites nothing.",
    "PK900": "A source says something else than the list; nothing was changed.",
    "PK901": "A record may be this publication, but that is not sure enough to take its facts.",
    "PK902": "Another version of this work is known, such as the published one of a preprint.",
    "PK904": "A source did not answer, or not well; the others were asked.",
    "PK602": "Two entries may be one publication; they were not merged.",
    "PK603": "A title is longer than what duplicates are compared by.",
    "PK604": "A list of names is longer than what duplicates are compared by.",
    "PK605": "So many entries have one title that each was compared with its nearest only.",
}
