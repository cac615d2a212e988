"""Citation keys by pattern, as JabRef and Better BibTeX write them: `[auth:lower][year]`.

A pattern is text with markers in brackets. A marker stands for a part of the entry, modifiers behind colons
change it, `(…)` gives what to take where it is empty, and `|` separates patterns of which the first counts
that finds something for each marker. Better BibTeX's formulas (`auth.lower + shorttitle(3,3) + year`) are
read too.

| marker | gives, for "Newton, Maxwell and Einstein 1905, On the Meta-Theory of Light" |
|---|---|
| `auth`, `authN`, `authN_M` | `Newton`; its first N letters; the first N letters of the M-th author |
| `authors`, `authorsN` | `NewtonMaxwellEinstein`; the first N authors, `EtAl` where there are more |
| `authEtAl`, `auth.etal`, `auth.auth.ea` | `NewtonEtAl`; `Newton.etal`; `Newton.Maxwell.ea` |
| `authshort`, `authorsAlpha` | `NME`, as the alpha style labels entries |
| `authIniN`, `authorIni` | the first N letters of each; five of the first and one of each other |
| `authorLast`, `authForeIni`, `authorLastForeIni` | `Einstein`; `I`; `A` |
| `pureauth …` | the same, but nothing where there are only editors |
| `edtr …`, `editors …` | the same with `edtr` for `auth` and `editors` for `authors`, for editors only |
| `year`, `shortyear`, `month`, `day`, `date`, `origyear` | `1905`, `05`, … |
| `title`, `fulltitle`, `camel`, `camelN` | `OntheMetaTheoryofLight`; unchanged; every word capitalised |
| `shorttitle`, `shorttitleN`, `shorttitleN_M` | three, or N, words without function words; M capitalised |
| `veryshorttitle`, `shorttitleINI` | `Meta`; `MTL` |
| `firstpage`, `lastpage`, `pageprefix` | of `L7--L9`: `L7`, `L9`, `L` |
| `keywordN`, `keywordsN`, `journal`, `entrytype` | the N-th keyword; up to N; … |
| any field name | the field's text |

Modifiers: `lower`, `upper`, `capitalize` (each word), `titlecase`, `sentencecase`, `abbr` (first letters),
`truncateN`, `regex("pattern","replacement")`, `(default text)`; of Better BibTeX `alphanum`, `ascii`,
`clean`, `condense=_`, `default`, `fold`, `nopunct`, `nopunctordash`, `numeric`, `postfix=_`, `prefix=_`,
`replace=a,b`, `select=1,2`, `skipwords`, `substring=1,3`, `transliterate`; `fold=german` writes ä as ae.

Keys hold only characters that every BibTeX program takes: letters and digits of ASCII, and `-_.:+/`.
"""

from pubkit.keys.assign import (
    ANONYMOUS_PATTERN,
    DEFAULT_PATTERN,
    check_pattern,
    follows_pattern,
    make_key,
    make_keys,
)
from pubkit.keys.renaming import compose, read_key_map, rename_citations, write_key_map
from pubkit.keys.words import FUNCTION_WORDS

__all__ = [
    "ANONYMOUS_PATTERN",
    "DEFAULT_PATTERN",
    "FUNCTION_WORDS",
    "check_pattern",
    "compose",
    "follows_pattern",
    "make_key",
    "make_keys",
    "read_key_map",
    "rename_citations",
    "write_key_map",
]
