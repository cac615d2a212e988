"""What entries say behind themselves: what they discuss, where they were noticed, what they won."""

from __future__ import annotations

import re

# "(reviewing A. Li, A Book (2012))": what an essay is about.
ABOUT = re.compile(
    r"[(\[](?:reviewing|review of|reply to|replying to|response to|responding to|commenting on|comment on"
    r"|reprinted (?:in|as|from)|translated (?:into|as|from|by)|excerpted in|cited in|discussed in"
    r"|contribution to:?|with commentar(?:y|ies) by)\b(?:[^()\[\]]|\([^()]{0,60}\)){3,240}[)\]]",
    re.IGNORECASE,
)
# "(Premio Salvi 2013)": the year of a prize is not that of the work.
PRIZE = re.compile(
    r"\((?=[^()]{0,100}\b(?i:awards?|prize|premio|prix|preis|prêmio|medal|nagroda)\b)[^()]{0,80}(?:19"
    r"|20)\d\d[^()]{0,40}\)"
)
# A sentence of its own behind a whole entry: "Media: VoxEU.", "Shortlisted for the Whitfield Prize."
TAIL = re.compile(
    r"(?<=[.!?)\]”\"’»;] )(?:(?:Media|Press)(?: coverage)?:|(?:Featured (?:in|on|by|as)|Cover(?:ed"
    r"|age) (?:in|by|of)"
    r"|Previously (?:circulated|titled|entitled)|Formerly (?:circulated|titled|entitled)|Supersedes"
    r"|Short-?listed|Long-?listed|Winner of|Awarded|Nominated|Selected (?:as|for|by)|Recipient of"
    r"|Recommended by"
    r"|Named (?:one|a|as)|Reprinted (?:in|as)|Reviewed (?:in|by)|Discussed (?:in|by)|Translated (?:in)?to"
    r"|Translation(?:s)? into|Chosen (?:as|for))\b)[^\n]*"
    r"|(?<=[.,;] )[Cc]ontribution to:? [^\n]*"
)

# Who else wrote it, in other languages than `shapes.WITH` knows: "Con M. Rossi", "zusammen mit B. Ng".
WITH = re.compile(
    r"(?:^|(?<=[\n(.,;!?”\"»] )|(?<=  )|(?<=[\n(\[]))(?:(?:in (?:collaborazione|coautoria)|em coautoria|junto"
    r"|insieme|en collaboration|(?:zu|ge)(?:sammen|meinsam)|together|tillsammans|sammen|samen) )?"
    r"(?:[Cc]on|[Cc]om|[Mm]ed|[Mm]et|[Ss] |совместно с|[Aa]vec|[Mm]it)\s+(?=[A-ZÀ-ÞА-Я])"
)
_NAMES_END = re.compile(r"[)\n\]“\"«„]|(?<=[a-zß-ÿ]{2})\.|;|:")
_MOST_NAMES = 300


def names_end(text: str, start: int) -> int:
    """Return where names that begin at a place end at the latest: a bracket, a quotation, a sentence."""
    found = _NAMES_END.search(text, start, start + _MOST_NAMES)
    return found.start() if found else min(len(text), start + _MOST_NAMES)


# The number of a preprint before 2007, which needs no name before it: "hep-ph/0612345".
OLD_ARXIV = re.compile(
    r"(?<![\w/.-])(?:hep-(?:ph|th|ex|lat)|gr-qc|astro-ph|cond-mat|quant-ph|nucl-(?:th|ex)|math-ph|nlin|math"
    r"|physics|cs)(?:\.[A-Z]{2})?/\d{7}(?:v\d)?(?!\w)"
)


# A line that is nothing but the kind of the work, as lists made by machines have it.
KIND_LINES: tuple[tuple[str, str], ...] = (
    (r"artikel|zeitschriftenartikel|journal articles?|articles?|artículo|artigo|articolo|revue", "article"),
    (
        r"konferenz(?:beitrag)?|proceedings article|conference (?:papers?|contribution|proceedings)",
        "inproceedings",
    ),
    (r"buchkapitel|buchbeitrag|book chapters?|book sections?|chapters?|chapitre", "incollection"),
    (
        r"promotionsarbeit|dissertation|phd thesis|doctoral thesis|thesis|thèse|masterarbeit|master thesis",
        "thesis",
    ),
    (r"technical reports?|working papers?|forschungsbericht|arbeitspapier", "report"),
    (r"patent", "patent"),
)
KIND_LINE = re.compile(
    "(?:^|(?<=\n))(?:"
    + "|".join(f"(?P<{type_}>{names})" for names, type_ in KIND_LINES)
    + r")(?=\s*(?:\n|$))",
    re.IGNORECASE,
)

# "coll. « Rivages »": the series of a French or Italian book.
COLLECTION = re.compile(r"\b[Cc]oll(?:\.|ection|ana)\s?[«\"“]\s?(?P<series>[^«»\"“”\n]{3,80}?)\s?[»\"”]")

# A line that is nothing but a button of the page.
BUTTON_LINE = re.compile(
    r"(?:^|(?<=\n))(?:show |hide |read )?(?:abstract|abs|bibtex|cite|more|zusammenfassung|résumé"
    r"|resumen|resumo)"
    r"(?=\s*(?:\n|$))",
    re.IGNORECASE,
)
