"""Which TeX commands cite, include, quote, or hide text: tables.

Sources: the manuals of natbib, biblatex, csquotes, jurabib, apacite, REVTeX, import, subfiles, listings,
minted, fancyvrb and multibib.
"""

from __future__ import annotations

import re
from typing import Literal

from pubkit.cited.manuscript import words

# How a command takes its keys: {keys} behind options; several such groups; a volume or a language before
# the keys.
Shape = Literal["plain", "multi", "volume", "volumes", "language"]


# Each also with a capital, a star, and (in biblatex) an "s" at its end for several groups.
_CITING = words(
    "cite nocite parencite footcite footcitetext textcite smartcite autocite supercite fullcite footfullcite "
    "citeauthor citetitle citeyear citedate citeurl citefield citelist citename notecite pnotecite fnotecite "
    "citet citep citealt citealp citenum citeyearpar citefullauthor citetalias citepalias citealias "
    "shortcite citeA citeNP citeANP fullciteA fullciteNP shortciteA shortciteNP citeyearNP citeauthorNP "
    "shortciteauthor maskcite onlinecite citeonline bibentry citenp citeN shortciteN citeNN citeasnoun "
    "possessivecite footcitet citefull footciteauthor inlinecite longcite cfcite "
    "mancite brackcite citepos bracketcite sidecite sidenotecite margincite textcquote blockcquote "
    "displaycquote citeresp footfullciteauthor"
)
_VOLUMES = words("volcite pvolcite fvolcite ftvolcite svolcite tvolcite avolcite")
_LANGUAGES = words(
    "foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote "
    "foreigndisplaycquote hyphendisplaycquote"
)
# Commands with "cite" in their names that cite nothing: settings, hooks, tests, punctuation.
_NOT = re.compile(
    r"(?:delim|style|reset|true|false|counter|colou?r|punct|form|left|right|mid|dash|sep|font|setup|start|direct|"
    r"format|text|index|tracker|seen|ibid|name|type|count|width|skip|margin|hook|label)$"
    r"|^(?:if|At|Declare|Define|Set|set|def|new|renew|the|blx|bbx|cbx|abx|bib|no?hyper|mk|use|excit|incit|mult)"
)
_CITES = re.compile(r"[Cc]ite")


def shape(name: str) -> tuple[Shape, bool] | None:
    """Return how a command takes keys, and whether its name only looks so; None if it cites nothing.

    >>> shape("Parencites"), shape("cref"), shape("citestyle"), shape("citeweb")
    (('multi', False), None, None, ('plain', True))
    """
    lower = name[:1].lower() + name[1:]
    if lower in _CITING:
        return "plain", False
    if lower in _VOLUMES:
        return "volume", False
    if lower in _LANGUAGES:
        return "language", False
    if lower.endswith("s") and lower[:-1] in _CITING:
        return "multi", False
    if lower.endswith("s") and lower[:-1] in _VOLUMES:
        return "volumes", False
    if _CITES.search(name) and "@" not in name and not _NOT.search(name):
        return ("multi" if lower.endswith("cites") else "plain"), True
    return None


#: Environments whose content is no TeX.
VERBATIM = words(
    "verbatim Verbatim BVerbatim LVerbatim SaveVerbatim VerbatimOut lstlisting minted comment filecontents "
    "tcblisting pythoncode sagesilent luacode asy dot2tex verbatimtab verbatimwrite python pycode "
    "codeexample xcomment semiverbatim"
)
#: Commands that take text between two equal characters, or a group, as it stands.
INLINE = words("verb Verb lstinline mintinline spverb mint SaveVerb inputminted lstset lstinputlisting")
#: Those of them that name a language first.
WITH_LANGUAGE = words("mintinline mint inputminted")
#: Commands whose group may hold % and # as they stand.
ADDRESSES = words("url href nolinkurl path hyperimage")
#: Command → how it names a file: with the folder first, or not.
INCLUDES = dict.fromkeys(
    words("input include subfile subfileinclude InputIfFileExists loadglsentries"), False
) | (dict.fromkeys(words("import subimport includefrom inputfrom subincludefrom subinputfrom"), True))
PACKAGES = {"usepackage": ".sty", "RequirePackage": ".sty", "documentclass": ".cls", "LoadClass": ".cls"}
#: Command → the dialect that it tells, for commands that name libraries.
RESOURCES = {
    "bibliography": "bibtex",
    "nobibliography": "bibtex",
    "addbibresource": "biblatex",
    "addglobalbib": "biblatex",
    "addsectionbib": "biblatex",
}
#: Commands that make an environment like `verbatim`; the place of its name is the first group.
VERBATIM_MAKERS = words(
    "lstnewenvironment DefineVerbatimEnvironment CustomVerbatimEnvironment newtcblisting excludecomment "
    "newminted"
)
