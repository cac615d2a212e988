"""MkDocs: citations `[@key]` in Markdown pages, in any CSL style.

In `mkdocs.yml`:

    plugins:
      - pubkit:
          library: refs.bib
          style: apa
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from pubkit.api import read_many
from pubkit.cite.document import CitedDocument, cite_document
from pubkit.errors import PubkitError
from pubkit.interop.markdown_cites import find_citations
from pubkit.model.library import Library

#: Where the references go; at the end of the page where a page does not say.
PLACE = "[[bibliography]]"


class PubkitConfig(Config):
    """The plugin's options."""

    library = config_options.ListOfItems(config_options.Type(str))
    style = config_options.Type(str, default="apa")
    locale = config_options.Optional(config_options.Type(str))
    heading = config_options.Type(str, default="References")


class PubkitPlugin(BasePlugin[PubkitConfig]):
    """Turns citations of a page into text, and adds the references that it cites."""

    def on_config(self, config: Any) -> Any:
        """Read the libraries once a build."""
        folder = Path(config["config_file_path"]).parent if config["config_file_path"] else Path()
        try:
            self._library: Library = read_many(folder / name for name in self.config.library)
        except PubkitError as error:
            raise PluginError(f"pubkit: {error}") from error
        return config

    def on_page_markdown(self, markdown: str, page: Any, **_: Any) -> str:
        """Set the citations of a page."""
        known = {entry.key for entry in self._library}
        found = find_citations(markdown, known.__contains__)
        place = PLACE in markdown
        if not found and not place:
            return markdown
        try:
            done = cite_document(
                self._library,
                [one.citation for one in found],
                self.config.style,
                "html",
                nocite=() if found else ("*",),
                locale=self.config.locale,
            )
        except PubkitError as error:
            raise PluginError(f"pubkit: {page.file.src_uri}: {error}") from error
        parts, at = [], 0
        for number, one in enumerate(found, 1):
            citation = self._citation(done, number, one.citation.cites[0].id)
            parts += [markdown[at : one.start], _inert(citation)]
            at = one.end
        text = "".join([*parts, markdown[at:]])
        references = _references(done)
        if not done.in_text:
            notes = "\n".join(
                f'<li id="cite-note-{number}">{note}</li>' for number, note in enumerate(done.citations, 1)
            )
            references = f'<ol class="csl-notes">\n{notes}\n</ol>\n{references}'
        references = _inert(references)
        if place:
            return text.replace(PLACE, references)
        return f"{text.rstrip()}\n\n## {self.config.heading}\n\n{references}\n"

    @staticmethod
    def _citation(done: CitedDocument, number: int, key: str) -> str:
        if not done.in_text:
            return f'<sup><a href="#cite-note-{number}">{number}</a></sup>'
        return (
            f'<a class="csl-citation" href="#ref-{_anchor(key)}">{_no_links(done.citations[number - 1])}</a>'
        )


# Tags but for the values of attributes, and character references; then what Markdown could take for markup.
_TAG = r"</?[a-z][a-z0-9]*|\s[a-z-]+=\"|\"(?=[\s>])|>"
_MARKUP = r"[\\`*_{}\[\]!|~@$^]|:(?!//)|=(?==)|(?<==)=|\+(?=\+)|(?<=\+)\+"
_SPECIAL = re.compile(rf"(?P<html>{_TAG}|&#?\w+;)|{_MARKUP}")


def _inert(html: str) -> str:
    """Return HTML that Markdown leaves as it is: what could be markup stands as character references.

    >>> _inert('<a href="https://x.org/[y]">*a* &amp; b</a>')
    '<a href="https://x.org/&#91;y&#93;">&#42;a&#42; &amp; b</a>'
    """
    return _SPECIAL.sub(lambda found: found["html"] or f"&#{ord(found[0])};", html)


def _references(done: CitedDocument) -> str:
    kind = "csl-bib-body hanging-indent" if done.hanging else "csl-bib-body"
    lines = [f'<div class="csl-entry" id="ref-{_anchor(key)}">{text}</div>' for key, text in done.references]
    return "\n".join([f'<div class="{kind}">', *lines, "</div>"])


def _anchor(key: str) -> str:
    return "".join(char if char.isalnum() or char in "-_.:" else "-" for char in key)


def _no_links(html: str) -> str:
    """Return a citation without links of its own: a link cannot stand in a link."""
    return re.sub(r"</?a\b[^<>]*>", "", html)
