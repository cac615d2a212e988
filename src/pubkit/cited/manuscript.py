"""What a manuscript cites, as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pubkit.diagnostics import Diagnostic, Location


def words(text: str) -> frozenset[str]:
    """Return the words of a text: how tables of names are written."""
    return frozenset(text.split())


class Event(NamedTuple):
    """One thing that a scanner met in a text.

    Attributes:
        kind: "cite" names a key; "all" cites the whole library; "include" names a file that belongs to the
            manuscript, "package" one that does if it lies beside it; "resource" names a library; "label" is a
            target of cross-references, so that a reference to it is no citation; "dialect" tells which
            BibTeX dialect the manuscript takes.
        value: The key, file name, label or dialect.
        offset: Where it stands in the text.
        maybe: Whether a "cite" may as well be something else, such as a cross-reference.
        folder: For "include": the folder that its command names, relative to the text's own.
    """

    kind: Literal["cite", "all", "include", "package", "resource", "label", "dialect"]
    value: str
    offset: int
    maybe: bool = False
    folder: str = ""


#: Text → what it says, in order. A scanner may remember what earlier texts of one manuscript defined.
Scan = Callable[[str], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of one key.

    Attributes:
        key: The key as the manuscript has it.
        location: Where it stands.
        maybe: Whether it may as well be something else, such as a cross-reference: it is taken where a
            library has the key, and never reported as missing.
    """

    key: str
    location: Location
    maybe: bool = False


@dataclass(frozen=True, slots=True)
class Manuscript:
    r"""What a manuscript cites.

    Attributes:
        citations: Each citation, in the order of the text.
        everything: Whether it cites the whole library (`nocite{*}`).
        resources: The libraries that it names itself (`\\bibliography`, `\\addbibresource`, …).
        files: All files that were read.
        dialect: "biblatex" or "bibtex", where the manuscript tells; "".
        diagnostics: What could not be read.
    """

    citations: tuple[Citation, ...] = ()
    everything: bool = False
    resources: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    dialect: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, each once, in the order of the text."""
        return tuple(dict.fromkeys(citation.key for citation in self.citations))

    def __add__(self, other: Manuscript) -> Manuscript:
        """Return what two manuscripts cite together."""
        return Manuscript(
            self.citations + other.citations,
            self.everything or other.everything,
            tuple(dict.fromkeys(self.resources + other.resources)),
            tuple(dict.fromkeys(self.files + other.files)),
            self.dialect or other.dialect,
            self.diagnostics + other.diagnostics,
        )
