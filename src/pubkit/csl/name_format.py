"""One name as runs: form, order, particles, initials, formatting of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pubkit.csl.initials import initials, normalize_initials
from pubkit.csl.inline import SPECIAL, field_runs
from pubkit.csl.names_data import Name, joins
from pubkit.csl.runs import END, Run, Runs, format_marks
from pubkit.csl.xml import Node
from pubkit.text.casing import TEXT_CASES, convert

# How much of a given name is shown: as the style's form says, at least initials, in full.
BASE, INITIALS, FULL_GIVEN = 0, 1, 2

# Scripts whose names are written family name first, without a space between.
_SPACELESS = re.compile(
    r"[^A-Za-z0-9\u00aa\u00b5\u00ba\u00c0-\u02af\u0370-\u052f\u0531-\u0587\u05d0-\u05f2\u0600-\u06ff\u0750-\u077f"
    r"\u0900-\u0e7f\u10a0-\u10ff\u1e00-\u1fff]*[\u1100-\u11ff\u2e80-\u2fdf\u3040-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]"
    r"[^A-Za-z0-9\u00c0-\u02af\u0370-\u052f]*"
)


class _Part:
    """Formatting of one name part, from `cs:name-part`."""

    __slots__ = ("case", "marks", "prefix", "strip", "suffix")

    def __init__(self, node: Node | None) -> None:
        self.prefix = node.get("prefix") if node else ""
        self.suffix = node.get("suffix") if node else ""
        case = node.get("text-case") if node else ""
        self.case = case if case in TEXT_CASES else ""
        self.strip = node is not None and node.get("strip-periods") == "true"
        self.marks = format_marks(node) if node else ()

    @property
    def plain(self) -> bool:
        """Whether the part does nothing at all."""
        return not (self.marks or self.case or self.prefix or self.suffix or self.strip)


class NameFormat:
    """How one cs:name writes each name."""

    def __init__(
        self, options: Mapping[str, str], name_node: Node | None, root: Node, lang: str, *, sorting: bool
    ) -> None:
        parts = {part.get("name"): part for part in name_node.children} if name_node else {}
        self.family = _Part(None if sorting else parts.get("family"))
        self.given = _Part(None if sorting else parts.get("given"))
        formatted = name_node is not None and not sorting
        self.marks = format_marks(name_node) if name_node and formatted else ()
        self.prefix = name_node.get("prefix") if name_node and formatted else ""
        self.suffix = name_node.get("suffix") if name_node and formatted else ""
        self.form = options.get("form", "long")
        self.initialize_with = options.get("initialize-with")
        self.initialize = options.get("initialize", "true") != "false"
        self.hyphen = root.get("initialize-with-hyphen", "true") != "false"
        self.sort_separator = options.get("sort-separator", ", ")
        self.demote = root.get("demote-non-dropping-particle", "display-and-sort")
        self.lang = lang
        self.sorting = sorting
        self.plain = self.family.plain and self.given.plain
        # One table for each level and order; names are compared by identity.
        self.caches: tuple[dict[Name, tuple[Run, ...]], ...] = tuple({} for _ in range(6))

    def runs(self, name: Name, level: int, inverted: bool) -> tuple[Run, ...]:
        """Return one name's runs.

        Args:
            name: The name.
            level: `BASE`, `INITIALS` or `FULL_GIVEN`.
            inverted: Family name first.
        """
        cache = self.caches[2 * level + inverted]
        found = cache.get(name)
        if found is None:
            if len(cache) > 100_000:
                cache.clear()
            runs = self._write(name, level, inverted)
            found = cache[name] = tuple(runs if name.literal else self._around(runs))
        return found

    def _around(self, runs: Runs, *, affixes: bool = True) -> Runs:
        """Put the formatting and affixes of the `cs:name` around one name; institutions take no affixes."""
        if not runs:
            return runs
        if self.marks:
            runs = [*self.marks, *runs, *[END] * len(self.marks)]
        if affixes and (self.prefix or self.suffix):
            runs = [*([self.prefix] if self.prefix else []), *runs, *([self.suffix] if self.suffix else [])]
        return runs

    def _write(self, name: Name, level: int, inverted: bool) -> Runs:
        if self.plain and name.simple:
            if (self.form == "short" and level == BASE) or not name.given:
                return [name.family]
            given = name.given
            if self.initialize_with is not None:
                if not self.initialize or level == FULL_GIVEN:
                    given = normalize_initials(given, self.initialize_with, hyphen=self.hyphen)
                else:
                    given = initials(given, self.initialize_with, hyphen=self.hyphen)
            if self.sorting:
                return [f"{name.family} {given}"]
            if inverted:
                return [f"{name.family}{self.sort_separator}{given}"]
            return [f"{given} {name.family}"]
        if name.literal:
            return self._around(self._piece(name.family, self.family), affixes=False)
        short = self.form == "short" and level == BASE
        given = "" if short else self._given(name.given, level)
        if _spaceless(name):
            static: Runs = []
            for text, part in ((name.particle, self.family), (name.family, self.family), (given, self.given)):
                static.extend(self._piece(text, part))
            return static
        family = self._piece(name.family, self.family)
        particle = self._piece(name.particle, self.family)
        dropping = [] if short else self._piece(name.dropping, self.given)
        first = self._piece(given, self.given) if given else []
        suffix = [] if short else self._piece(name.suffix.removeprefix("!").strip(), _PLAIN)
        joined = joins(name.particle)
        if self.sorting:
            return self._sort_order(name, (family, particle, dropping, first, suffix))
        if name.static:
            return _join([_glue(particle, family, joined), first], " ")
        separator = self.sort_separator
        if inverted:
            given_part = _join([first, dropping], " ")
            if self.demote == "display-and-sort":
                given_part = self._affixed(_join([given_part, particle], " "), self.given)
                return _join([self._affixed(family, self.family), given_part, suffix], separator)
            whole = self._affixed(_glue(particle, family, joined), self.family)
            return _join([whole, self._affixed(given_part, self.given), suffix], separator)
        if not short and name.dropping and joins(name.dropping) and not name.particle:
            family, dropping = dropping + family, []
        whole = _join([dropping, _glue(particle, family, joined)], " ")
        if suffix:
            whole = _join([whole, suffix], ", " if name.comma_suffix else " ")
        whole = self._affixed(whole, self.family)
        return _join([self._affixed(first, self.given), whole], " ")

    def _sort_order(self, name: Name, parts: tuple[Runs, Runs, Runs, Runs, Runs]) -> Runs:
        family, particle, dropping, first, suffix = parts
        if self.demote == "never":
            family = _join([_glue(particle, family, joins(name.particle)), dropping], " ")
            return _join([family, first, suffix], " ")
        return _join([family, _join([first, dropping, particle], " "), suffix], " ")

    def _given(self, given: str, level: int) -> str:
        separator = self.initialize_with
        if not given or separator is None or not _is_romanesque(given):
            return given
        if not self.initialize or level == FULL_GIVEN:
            return normalize_initials(given, separator, hyphen=self.hyphen)
        return initials(given, separator, hyphen=self.hyphen)

    def _piece(self, text: str, part: _Part) -> Runs:
        """Return a name part's text with its formatting, but for the affixes."""
        if not text:
            return []
        if part.strip:
            text = text.replace(".", "")
        if part.case:
            text = convert(text, part.case, self.lang)
        runs: Runs = [text] if SPECIAL.search(text) is None else list(field_runs(text))
        if part.marks and not self.sorting:
            runs = [*part.marks, *runs, *[END] * len(part.marks)]
        return runs

    def _affixed(self, runs: Runs, part: _Part) -> Runs:
        if not runs or not (part.prefix or part.suffix):
            return runs
        return [*([part.prefix] if part.prefix else []), *runs, *([part.suffix] if part.suffix else [])]


_PLAIN = _Part(None)


def _glue(particle: Runs, family: Runs, joined: bool) -> Runs:
    """Put a particle before the family name, with a space unless it ends in an apostrophe or hyphen."""
    if not particle:
        return family
    return particle + family if joined else _join([particle, family], " ")


def _join(parts: list[Runs], delimiter: str) -> Runs:
    """Join what is not empty; plain texts become one run."""
    kept = [part for part in parts if part]
    if not kept:
        return []
    out: Runs = list(kept[0])
    for part in kept[1:]:
        if type(out[-1]) is str and type(part[0]) is str:
            out[-1] = f"{out[-1]}{delimiter}{part[0]}" if not _clash(out[-1], delimiter) else (
                f"{out[-1]}{delimiter[1:]}{part[0]}")  # fmt: skip
            out.extend(part[1:])
        else:
            out.append(delimiter)
            out.extend(part)
    return out


def _clash(text: str, delimiter: str) -> bool:
    """Tell whether text and delimiter would double a character at their seam."""
    if not delimiter:
        return False
    return (text[-1:] == delimiter[0] and delimiter[0] in " .,:;") or (
        text[-1:] == "\u00a0" and delimiter[0] == " "
    )


def _spaceless(name: Name) -> bool:
    """Tell whether a name is in a script that sets names without a space (Chinese, Japanese, Korean)."""
    family = name.family
    if family.isascii():
        return False
    return _SPACELESS.fullmatch(family + name.given) is not None


def _is_romanesque(given: str) -> bool:
    """Tell whether initials make sense: the name begins with a letter of a cased script, or a mark."""
    for char in given:
        if char.isalpha():
            return char.lower() != char.upper() or not "\u2e80" <= char <= "\ud7ff"
    return True
