"""Where the LaTeX reader stands: the open groups, and how to look ahead for arguments."""

from __future__ import annotations

import re
from collections.abc import Callable

from pubkit.markup.latex.structure import Structure
from pubkit.markup.tree import MAX_DEPTH, Inline, Raw, Rich, join

# What a group makes of its content.
Build = Callable[[Rich], Rich]

_SPACE = re.compile(r"[ \t]*+(?:\r\n|[\r\n])?+[ \t]*+")
_ARGUMENT_SPACE = re.compile(r"[ \t\r\n]*+")
_OPTION = re.compile(r"\[[^\]{}\[\\]*+\]")


class Group:
    """An open group: what was read in it so far, and what to do when it closes."""

    __slots__ = ("build", "depth", "implicit", "items", "protected", "switches")

    def __init__(self, build: Build, *, protected: bool, implicit: bool = False, depth: int = 0) -> None:
        self.items: list[Inline] = []
        self.build = build
        self.protected = protected  # braces inside do not protect once more
        self.implicit = implicit  # opened by a font switch, closed by the end of the group around it
        self.depth = depth
        self.switches: set[Build] = set()


class State:
    """One reading of one field.

    Attributes:
        source: The field's source.
        partner: Offset of an opening brace or mathematics delimiter → offset of what closes it.
        closing: Offsets of what closes.
        groups: The open groups, the whole field first.
        single_quotes: How many quotations a backquote opened and nothing closed yet.
        problems: Messages, in order, each once.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: dict[str, None] = {}
        structure = Structure(source)
        self.partner = structure.partner
        if not structure.balanced:
            self.problem("unbalanced brace")
        self.closing = set(self.partner.values())
        self.groups = [Group(keep, protected=False)]
        self.single_quotes = 0

    def open(self, build: Build, *, protected: bool | None = None, implicit: bool = False) -> None:
        """Start a group whose content `build` gets when it closes."""
        above = self.groups[-1]
        depth = above.depth + 1
        if depth > MAX_DEPTH:
            build = keep
            self.problem(f"markup nested more than {MAX_DEPTH} deep")
        self.groups.append(
            Group(
                build,
                protected=above.protected if protected is None else protected,
                implicit=implicit,
                depth=depth,
            )
        )

    def close(self) -> None:
        """End the innermost group and hand its content to the one around it."""
        group = self.groups.pop()
        self.groups[-1].items.extend(group.build(join(group.items)))

    def problem(self, message: str) -> None:
        """Note something wrong; the same message once."""
        self.problems[message] = None

    def add(self, *items: Inline) -> None:
        """Append to the innermost group."""
        self.groups[-1].items.extend(items)

    # -- looking ahead: these return offsets --------------------------------------------------------

    def skip_space(self, position: int) -> int:
        """Return the offset behind the white space that TeX drops after a macro's name."""
        found = _SPACE.match(self.source, position)
        return found.end() if found else position

    def argument(self, position: int) -> tuple[int, int, int] | None:
        """Find a macro's argument: its start, its end, and where reading goes on; None if there is none."""
        found = _ARGUMENT_SPACE.match(self.source, position)
        start = found.end() if found else position
        if start >= len(self.source):
            return None
        close = self.partner.get(start)
        if close is not None and self.source[start] == "{":
            return start + 1, close, close + 1
        if self.source[start] in "\\{}$":
            return None
        return start, start + 1, start + 1

    def option(self, position: int) -> int:
        """Return the offset behind an optional argument in brackets."""
        found = _OPTION.match(self.source, position)
        return found.end() if found else position

    def raw(self, position: int, end: int) -> int:
        """Keep a macro verbatim, with the arguments that stand right behind it."""
        while end < len(self.source) and self.source[position + 1].isalpha():
            close = self.partner.get(end) if self.source[end] == "{" else None
            after = close + 1 if close is not None else self.option(end)
            if after == end:
                break
            end = after
        self.add(Raw(self.source[position:end]))
        return end


def keep(children: Rich) -> Rich:
    """Build nothing: the content stands alone."""
    return children
