"""IPython and Jupyter: `%load_ext pubkit` gives `%bibliography` and `%cite`."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import dataclass, field
from typing import Any, NoReturn

from pubkit.api import read_many
from pubkit.cite.document import cite_document
from pubkit.csl.citations import Citation, Cite
from pubkit.errors import PubkitError
from pubkit.model.library import Library


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that a notebook shows as HTML and a terminal as text."""

    text: str
    html: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


@dataclass(slots=True)
class Session:
    """What one notebook cites, from which library, in which style."""

    library: Library = field(default_factory=Library)
    style: str = "apa"
    locale: str | None = None
    citations: list[Citation] = field(default_factory=list)

    def bibliography(self, line: str = "") -> Shown | Library:
        """`%bibliography refs.bib … --style apa` chooses the library; alone it lists what was cited.

        Args:
            line: Files, `--style NAME`, `--locale LANG`, `--all` (list the whole library).

        Raises:
            PubkitError: A file cannot be read, there is no such style, or no library was chosen.
        """
        given = _PARSER.parse_args(shlex.split(line))
        self.style = given.style or self.style
        self.locale = given.locale or self.locale
        if given.files:
            self.library = read_many(given.files)
            self.citations = []
            if not given.all:
                return self.library
        self._need_library()
        return self._show(Citation(()), nocite=("*",) if given.all else (), references=True)

    def cite(self, line: str) -> Shown:
        """`%cite key1 key2` shows a citation; `key@12-15` cites a place in it.

        Args:
            line: Citation keys, perhaps with a locator behind "@".

        Raises:
            PubkitError: No library was chosen, or it has no such entry.
        """
        self._need_library()
        cites = []
        known = {entry.key for entry in self.library}
        for word in line.split():
            key, _, locator = word.partition("@") if word not in known else (word, "", "")
            if key not in known:
                raise PubkitError(f"the library has no entry {key!r}", hint="cite a key of the library")
            cites.append(Cite(key, locator=locator))
        if not cites:
            raise PubkitError("nothing is cited", hint="write %cite and citation keys")
        citation = Citation(tuple(cites))
        self.citations.append(citation)
        return self._show(citation, references=False)

    def _show(self, citation: Citation, *, nocite: tuple[str, ...] = (), references: bool) -> Shown:
        """Return the last citation, or the references, as text and as HTML."""
        shown = {}
        for to in ("text", "html"):
            done = cite_document(
                self.library, self.citations, self.style, to, nocite=nocite, locale=self.locale
            )
            if not references:
                shown[to] = done.citations[-1]
            elif to == "html":
                indent = "padding-left:2em;text-indent:-2em;" if done.hanging else ""
                lines = [f"<p style='{indent}margin:0 0 .5em'>{text}</p>" for _, text in done.references]
                shown[to] = f"<div>{''.join(lines)}</div>"
            else:
                shown[to] = "\n".join(text for _, text in done.references)
        return Shown(shown["text"], shown["html"])

    def _need_library(self) -> None:
        if not self.library:
            raise PubkitError("no library was chosen", hint="write %bibliography refs.bib first")


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong as our own error; argparse would end the notebook."""

    def error(self, message: str) -> NoReturn:
        """Raise."""
        raise PubkitError(message, hint="write %bibliography FILE… --style NAME --locale LANG --all")


_PARSER = _Parser(prog="%bibliography", add_help=False)
_PARSER.add_argument("files", nargs="*")
_PARSER.add_argument("--style")
_PARSER.add_argument("--locale")
_PARSER.add_argument("--all", action="store_true")


def load(ipython: Any) -> None:
    """Give an IPython shell the magics."""
    session = Session()
    ipython.register_magic_function(session.bibliography, "line", "bibliography")
    ipython.register_magic_function(session.cite, "line", "cite")
