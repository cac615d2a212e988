"""The regular expressions of the `.bib` format. Every repetition is possessive: no backtracking, ever."""

from __future__ import annotations

import re

_NAME = r"[^\s{}(),\"#%'=@\\~]++"
_ASSIGNED = rf"({_NAME})\s*+=\s*+(?=[{{\"]|[\w.:+/-]++\s*+(?:[,}}]|\Z))"


def _balanced(depth: int) -> str:
    """Return the pattern of a text whose braces balance, nested so deep."""
    inner = r"[^{}]*+"
    for _ in range(depth):
        inner = rf"[^{{}}]*+(?:\{{{inner}\}}[^{{}}]*+)*+"
    return inner


_BALANCED = _balanced(4)

# A whole braced value, nested up to five deep. Deeper ones are `braces.Braces`' work.
BRACED = re.compile(rf"\{{{_BALANCED}\}}")
BALANCED = re.compile(_BALANCED)
BRACE = re.compile(r"[{}]")
QUOTE_STOP = re.compile(r'["{}]')
BLANKS = re.compile(r"[ \t]*+")
LINE_END = re.compile(r"\r\n?+|\n")
SPACE = re.compile(r"\s*+")
NAME = re.compile(_NAME)

# The start of any block, and of a regular entry with its key.
HEAD = re.compile(rf"(?<![\w.])@\s*+({_NAME})\s*+([{{(])")
FAST_HEAD = re.compile(rf"@({_NAME})\{{\s*+([^\s,{{}}=\"#%~\\]++),")
# The fields of a regular entry in one go: (name, braced value, other value, end, anything else).
FAST_FIELD = re.compile(
    rf"""\s*+({_NAME})\s*+=\s*+
         (?:\{{({_BALANCED})\}}
           |("(?:[^"{{}}]++|\{{{_BALANCED}\}})*+"|[^\s,{{}}()"\#=%@'\\~]++))
         \s*+(?:,|(?=\}}))
       |\s*+(\}})\s*+\Z
       |([\s\S]++)""",
    re.VERBOSE,
)

# A head that is damaged, at the start of a line: an odd character before the bracket, or no bracket. What
# follows it shows that an entry was meant.
BROKEN_HEAD = re.compile(
    rf"""(?<![^\n\r])[ \t]*+(@)\s*+({_NAME})[ \t]*+
         (?:["',;:=#%)}}\]]++\s*+([{{(])(?=\s*+[^\s,{{}}()]*+\s*+,\s*+{_NAME}\s*+=)
           |(?=[^\s,{{}}()="]*+\s*+,\s*+{_NAME}\s*+=\s*+["{{\w]))""",
    re.VERBOSE,
)
# A field outside of any entry, other than in a line behind %; and one at the very start of such a text.
LOST_FIELD = re.compile(rf"(?:(?<![^\n\r])|(?<=[,{{(}}]))[ \t]*+{_ASSIGNED}")
LOST_FIRST = re.compile(rf"\s*+{_ASSIGNED}")

# An entry of which also the second line is behind %: commented out, whatever BibTeX would make of it.
OUTCOMMENTED = re.compile(r"@[^\n\r]*+[\n\r]++[ \t]*+%")

# Inside an entry that is not regular.
ASSIGNMENT = re.compile(rf"({_NAME})\s*+=\s*+")
SPACED_ASSIGNMENT = re.compile(r"([A-Za-z][\w-]*+(?:[ \t]++[A-Za-z][\w-]*+){1,3}+)\s*+=\s*+(?=[{\"])")
BARE = re.compile(r"[^\s,{}()\"#=%@'\\~]++")
# Where a field may start again after one that went wrong: a name and `=` after a comma or line end.
BOUNDARY = re.compile(
    r"(?<=[,\n\r])[ \t]*+[A-Za-z][\w:.+/-]*+\s*+=\s*+(?=[{\"]|[\w.:+/-]++\s*+(?:[,#})]|\Z))"
)
# A block start at the start of a line: where to go on after an entry that was not closed.
NEXT_HEAD = re.compile(rf"(?<![^\n\r])[ \t]*+@\s*+{_NAME}\s*+[{{(]")
# A whole next entry inside a value, at the very start of a line: the brace that should have closed the value
# is missing. (The writer never puts text of a value at the start of a line.)
SWALLOWED = re.compile(
    rf"[}})\"]\s*+(?<=[\n\r \t])@\s*+{_NAME}\s*+[{{(][^\s,={{}}()\"]*+\s*+,\s*+{_NAME}\s*+="
)
CLOSING_LINE = re.compile(r"(?<![^\n\r])[ \t]*+[})][ \t]*+(?![^\n\r])")
COMMENT_LINE = re.compile(r"%[^\n\r]*+")
# The mark that no clean-up touches: a field (behind it, in its line), an entry or some of its fields (above).
KEEP = re.compile(r"%[ \t%]*+pubkit:[ \t]*+keep\b", re.IGNORECASE)
KEEP_ABOVE = re.compile(
    r"^[ \t]*+%[ \t%]*+pubkit:[ \t]*+keep\b[ \t:]*+([\w, \t:+/-]*+)[^\n\r]*+\s*+(?=@)",
    re.IGNORECASE | re.MULTILINE,
)
KEEP_LINE = re.compile(r"^[ \t]*+%[ \t%]*+pubkit:[ \t]*+keep\b.*+$", re.IGNORECASE | re.MULTILINE)
KEY = re.compile(r"[^\s,{}]*+")
KEY_LINE = re.compile(r"[^,{}=\n\r]*+")
JUNK = re.compile(r"[^,{}()\n\r]*+")
# What stands behind a `}` that did not close the entry; a few more of its kind may stand between.
GOES_ON = re.compile(
    rf"(?:\s*+\}}){{0,3}}+\s*+(?:(?:,\s*+)++{_NAME}\s*+=|(?<=\s){_ASSIGNED})"
    rf"|[ \t]*+=?[ \t]*+[{{\"][^{{}}\n\r]*+[}}\"]\s*+,\s*+{_NAME}\s*+="
)


def end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern that can match nothing, and so matches everywhere, ends."""
    found = pattern.match(text, at)
    return found.end() if found else at
