"""Names of replaceable parts, and where their code lives.

Built-ins are a literal table of import strings, so that looking one up imports only that one. Installed
packages can add parts through entry points, which are consulted only when a name is not built in.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from pubkit.errors import PluginError

# kind → name → "module:attribute". Entry-point groups are named "pubkit.<kind>".
BUILT_IN: dict[str, dict[str, str]] = {
    # A format is a `pubkit.formats.base.Format`.
    "formats": {
        "bibtex": "pubkit.formats.bibtex:BIBTEX",
        "biblatex": "pubkit.formats.bibtex:BIBLATEX",
        "csl-json": "pubkit.formats.csljson:CSL_JSON",
        "csv": "pubkit.formats.csv_:CSV",
        "jsonl": "pubkit.formats.jsonl:JSONL",
        "tsv": "pubkit.formats.csv_:TSV",
        "endnote-xml": "pubkit.formats.endnotexml:ENDNOTE_XML",
        "enw": "pubkit.formats.enw:ENW",
        "nbib": "pubkit.formats.nbib:NBIB",
        "csl-yaml": "pubkit.formats.cslyaml:CSL_YAML",
        "cff": "pubkit.formats.cff:CFF_FORMAT",
        "crossref": "pubkit.formats.crossref:CROSSREF_JSON",
        "dblp": "pubkit.formats.dblp:DBLP_XML",
        "hayagriva": "pubkit.formats.hayagriva_format:HAYAGRIVA",
        "jats": "pubkit.formats.jats:JATS_XML",
        "marcxml": "pubkit.formats.marcxml:MARC_XML",
        "mods": "pubkit.formats.mods_format:MODS",
        "openalex": "pubkit.formats.openalex:OPENALEX_JSON",
        "orcid": "pubkit.formats.orcid:ORCID_JSON",
        "datacite": "pubkit.formats.datacite:DATACITE_JSON",
        "paper-list": "pubkit.formats.paperlist:PAPER_LIST",
        "pubmed-xml": "pubkit.formats.pubmedxml:PUBMED_XML",
        "ris": "pubkit.formats.ris:RIS",
        "schema-org": "pubkit.formats.jsonld:JSON_LD",
        "zotero-rdf": "pubkit.formats.zoterordf:ZOTERO_RDF",
        "wos": "pubkit.formats.wos:WOS",
        "xlsx": "pubkit.formats.xlsx:XLSX",
    },
    # An engine is a `pubkit.dedupe.distributed.executor.Executor` for tables that do not fit into memory.
    "engines": {
        "duckdb": "pubkit.dedupe.distributed.duckdb:DuckDB",
        "spark": "pubkit.dedupe.distributed.spark:Spark",
    },
    # A source of facts: called with `Settings`, it gives a `pubkit.enrich.Source`; "file" takes a path.
    "sources": {
        "file": "pubkit.api.enriching:open_file",
        "arxiv": "pubkit.enrich.sources.arxiv:Arxiv",
        "crossref": "pubkit.enrich.sources.crossref:Crossref",
        "datacite": "pubkit.enrich.sources.datacite:DataCite",
        "dblp": "pubkit.enrich.sources.dblp:Dblp",
        "openalex": "pubkit.enrich.sources.openalex:OpenAlex",
        "openlibrary": "pubkit.enrich.sources.openlibrary:OpenLibrary",
        "pubmed": "pubkit.enrich.sources.pubmed:PubMed",
        "semanticscholar": "pubkit.enrich.sources.semanticscholar:SemanticScholar",
    },
    # A style engine formats a library for style names "<engine>:<style>".
    "style-engines": {
        "pybtex": "pubkit.interop.pybtex_styles:ENGINE",
        "bst": "pubkit.interop.bst:ENGINE",
    },
}


def names(kind: str) -> list[str]:
    """Return the names of all parts of a kind, built in first, then installed ones, each sorted.

    Args:
        kind: A key of `BUILT_IN`, e.g. "formats".
    """
    built_in = sorted(BUILT_IN[kind])
    return built_in + sorted(point.name for point in _installed(kind) if point.name not in built_in)


def load(kind: str, name: str) -> Any:
    """Return the part of that kind and name.

    Args:
        kind: A key of `BUILT_IN`.
        name: The part's name.

    Raises:
        KeyError: No such part; the caller knows the right error and the nearest names.
        PluginError: The part is known but its code cannot be imported.
    """
    target = BUILT_IN[kind].get(name)
    if target is None:
        target = next((point.value for point in _installed(kind) if point.name == name), None)
    if target is None:
        raise KeyError(name)
    module, _, attribute = target.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise PluginError(
            f"the {kind} part {name!r} ({target}) cannot be loaded: {error}",
            hint="install or update the package that provides it",
        ) from error


@cache
def _installed(kind: str) -> tuple[Any, ...]:
    return tuple(entry_points(group=f"pubkit.{kind}"))
