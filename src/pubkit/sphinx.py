"""Sphinx: `:cite:` roles and a `bibliography` directive, in any CSL style.

In `conf.py`:

    extensions = ["pubkit.sphinx"]
    pubkit_library = ["refs.bib"]
    pubkit_style = "apa"

Roles: `` :cite:`key` `` and `` :cite:p:`key1, key2` `` in parentheses, `` :cite:t:`key` `` with the
author in the sentence, `` :cite:author:`key` `` and `` :cite:year:`key` ``; a locator stands behind the
key: `` :cite:`key {p. 12}` ``. The directive `.. bibliography::` lists what the document cites, with
`:all:` the whole library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode

from pubkit import __version__
from pubkit.api import read_many
from pubkit.cite.document import cite_document
from pubkit.csl.citations import Citation, Cite
from pubkit.errors import PubkitError
from pubkit.markup.runs import runs
from pubkit.markup.tree import Rich
from pubkit.model.library import Library

_LOG = logging.getLogger(__name__)
_KEY = re.compile(r"([^\s{},;]+)\s*(?:\{([^{}]*)\})?")
_MARKS = {
    "italic": nodes.emphasis,
    "bold": nodes.strong,
    "superscript": nodes.superscript,
    "subscript": nodes.subscript,
    "mono": nodes.literal,
}
# Role → mode of the citation, and what a cite of it leaves out.
_ROLES: dict[str, tuple[str, Cite]] = {
    "p": ("", Cite("")),
    "t": ("composite", Cite("")),
    "author": ("", Cite("", author_only=True)),
    "year": ("", Cite("", suppress_author=True)),
}


class CitationNode(nodes.General, nodes.Inline, nodes.Element):
    """A citation that is not set yet."""


class BibliographyNode(nodes.General, nodes.Element):
    """The place of a bibliography that is not set yet."""


class CiteRole(SphinxRole):
    """A role that cites keys; `mode` is a key of `_ROLES`."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self.mode = mode

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note the citation; it is set when all of them are known."""
        keys = [(match[1], match[2] or "") for match in _KEY.finditer(self.text)]
        node = CitationNode(self.rawtext, keys=keys, mode=self.mode)
        self.set_source_info(node)
        return [node], []


class BibliographyDirective(SphinxDirective):
    """`.. bibliography::`, with the option `:all:`."""

    option_spec: ClassVar[dict[str, Any]] = {"all": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Note the place."""
        node = BibliographyNode("", all="all" in self.options)
        self.set_source_info(node)
        return [node]


class CiteDomain(Domain):
    """The roles `cite:p`, `cite:t`, `cite:author` and `cite:year`, and where each entry is listed."""

    name = "cite"
    label = "citations"
    roles: ClassVar[dict[str, Any]] = {mode: CiteRole(mode) for mode in _ROLES}
    initial_data: ClassVar[dict[str, Any]] = {"places": {}, "cited": {}}
    data_version = 1

    @property
    def places(self) -> dict[str, str]:
        """Citation key → the document whose bibliography lists it."""
        places: dict[str, str] = self.data["places"]
        return places

    @property
    def cited(self) -> dict[str, list[str]]:
        """Document → the keys that it cites."""
        cited: dict[str, list[str]] = self.data["cited"]
        return cited

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is read anew."""
        self.cited.pop(docname, None)
        for key in [key for key, name in self.places.items() if name == docname]:
            del self.places[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        for name, keys in otherdata["cited"].items():
            if name in docnames:
                self.cited[name] = keys
        self.places.update({key: name for key, name in otherdata["places"].items() if name in docnames})

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what a document cites and lists."""
        keys = [key for node in document.findall(CitationNode) for key, _ in node["keys"]]
        if keys:
            self.cited[docname] = list(dict.fromkeys(keys))
        for node in document.findall(BibliographyNode):
            for key in [entry.key for entry in _library(env)] if node["all"] else keys:
                self.places.setdefault(key, docname)


def resolve(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Set the citations and bibliographies of a document."""
    found = list(document.findall(CitationNode))
    places = list(document.findall(BibliographyNode))
    if not found and not places:
        return
    library = _library(app.env)
    known = {entry.key for entry in library}
    for node in found:
        for key, _ in node["keys"]:
            if key not in known:
                _LOG.warning("no library has an entry %r", key, location=node, type="pubkit", subtype="key")
    citations = [
        Citation(
            tuple(replace(_ROLES[node["mode"]][1], id=key, locator=locator) for key, locator in node["keys"]),
            mode=_ROLES[node["mode"]][0],
        )
        for node in found
    ]
    try:
        done = cite_document(
            library,
            citations,
            app.config.pubkit_style,
            "text",
            nocite=("*",) if any(place["all"] for place in places) else (),
            locale=app.config.pubkit_locale or None,
        )
    except PubkitError as error:
        raise ExtensionError(f"pubkit: {error}") from error
    domain = app.env.get_domain("cite")
    for node, tree in zip(found, done.trees, strict=True):
        content = list(_nodes(tree, links=False)) or [nodes.Text(", ".join(key for key, _ in node["keys"]))]
        key = next((key for key, _ in node["keys"] if key in domain.places), "")
        if key:
            where = domain.places[key]
            target = nodes.inline("", "", *content)
            content = [make_refnode(app.builder, docname, where, _anchor(key), target)]
        node.replace_self(content)
    for place in places:
        place.replace_self(_bibliography(done.references, done.reference_trees, hanging=done.hanging))


def _bibliography(
    references: tuple[tuple[str, str], ...], trees: tuple[Rich, ...], *, hanging: bool
) -> nodes.container:
    box = nodes.container(classes=["csl-bib-body", *(["hanging-indent"] if hanging else [])])
    for (key, _), tree in zip(references, trees, strict=True):
        box += nodes.paragraph("", "", *_nodes(tree), classes=["csl-entry"], ids=[_anchor(key)])
    return box


def _nodes(tree: Rich, *, links: bool = True) -> Iterator[nodes.Node]:
    """Yield a markup tree as docutils nodes, which every builder of Sphinx knows."""
    for run in runs(tree):
        node: nodes.Node = nodes.Text(run.text)
        for mark, kind in _MARKS.items():
            if mark in run.marks:
                node = kind("", "", node)
        if run.url and links:
            node = nodes.reference("", "", node, refuri=run.url)
        yield node
        if run.part == "label":
            yield nodes.Text(" ")


def _anchor(key: str) -> str:
    return "ref-" + re.sub(r"[^\w.:-]+", "-", key)


def _library(env: BuildEnvironment) -> Library:
    """Return the libraries of `pubkit_library`, read once a build."""
    library: Library | None = getattr(env.app, "_pubkit_library", None)
    if library is None:
        files = [Path(env.srcdir) / name for name in env.config.pubkit_library]
        try:
            library = read_many(files)
        except PubkitError as error:
            raise ExtensionError(f"pubkit: {error}") from error
        env.app._pubkit_library = library  # lives as long as the build
    for file in env.config.pubkit_library:
        env.note_dependency(str(file))
    return library


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_config_value("pubkit_library", [], "env", [list, tuple])
    app.add_config_value("pubkit_style", "apa", "env", str)
    app.add_config_value("pubkit_locale", "", "env", str)
    app.add_domain(CiteDomain)
    app.add_role("cite", CiteRole("p"))
    app.add_directive("bibliography", BibliographyDirective)
    app.add_node(CitationNode)
    app.add_node(BibliographyNode)
    app.connect("doctree-resolved", resolve)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
