"""CSL-YAML: pandoc's bibliographies, the list `references` of a YAML file or of a document's front matter.

Source: the pandoc manual, "Specifying bibliographic data". Its texts are Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from pubkit.crosswalks.csl import from_csl, to_csl_json
from pubkit.crosswalks.csl_tables import NAME_ROLES, NAMES, ROLES_BACK, TEXTS
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats import yamltext
from pubkit.formats.base import Format
from pubkit.formats.losses import reports_losses
from pubkit.formats.trees import library_of
from pubkit.markup import csl, csl_markdown, plain
from pubkit.model.fields import is_verbatim
from pubkit.model.library import Library
from pubkit.model.source import Document

_LOOK = 65_536
_LIST = re.compile(r"^(?:references|bibliography)\s*:", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:-[ \t]+|\{)?id[ \t]*:[ \t]*\S", re.MULTILINE)
_PART = re.compile(r"^[ \t]*(?:-[ \t]+)?(?:issued|container-title|type|author|title)[ \t]*:", re.MULTILINE)
_OTHERS = re.compile(r"^cff-version\s*:", re.MULTILINE)
_TEXTS = frozenset(variable for field, variable in TEXTS.items() if not is_verbatim(field)) | {
    "collection-number",
    "container-title",
    "issue",
    "number",
    "page-first",
    "status",
    "volume-title",
}
_PEOPLE = frozenset((*NAMES.values(), *ROLES_BACK, *NAME_ROLES))
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 100


def sniff(text: str) -> float:
    r"""Say how surely a text is CSL-YAML.

    >>> sniff("references:\n- id: a\n  type: book\n  title: T\n") > 0.9
    True
    """
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    if (
        not _ITEM.search(head)
        or not _PART.search(head)
        or _OTHERS.search(head)
        or head.startswith(("{", "[", "@"))
    ):
        return 0.0
    if _LIST.search(head):
        return 0.95
    return 0.7 if re.match(r"(?:---[ \t]*\n)?[ \t]*-[ \t]+\w[\w-]*[ \t]*:", head) else 0.0


def read(document: Document) -> Library:
    """Read CSL-YAML: a list of items, or a mapping that holds one as `references`.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    findings: list[Diagnostic] = []
    value = yamltext.load(document, findings)
    items = _items(value)
    if items is None:
        items = []
        if not findings or value is not None:
            message, hint = "the YAML is no list of CSL items", "give a list named references"
            findings.append(Diagnostic("PK452", message, Severity.ERROR, Location(document.name), hint))
    return library_of(items, document, findings, lambda item, found: from_csl(_item(item), diagnostics=found))


def _items(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return None
    for name in ("references", "bibliography", "items"):
        if isinstance(value.get(name), list):
            return list(value[name])
    return [value] if "id" in value and ("title" in value or "type" in value) else None


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with its Markdown as CSL's tags."""
    return {
        name: csl_markdown.to_tags(value)
        if isinstance(value, str) and name in _TEXTS
        else _people(value)
        if name in _PEOPLE
        else value
        for name, value in item.items()
    }


def _people(value: Any) -> Any:
    if isinstance(value, str):  # names have no markup
        return plain.write(csl.parse(csl_markdown.to_tags(value)))
    if isinstance(value, list):
        return [_people(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _people(one) if isinstance(one, str) else one for name, one in value.items()}
    return value


@reports_losses("CSL-YAML", read)
def write(library: Library) -> str:
    r"""Return the library as YAML with a list `references`.

    Args:
        library: The entries.

    >>> from pubkit.model.entry import Entry
    >>> print(write(Library((Entry("book", "k", {"title": r"\emph{T}", "date": "1986"}),))), end="")
    ---
    references:
    - id: k
      type: book
      title: '*T*'
      issued:
        date-parts:
        - [1986]
    ...
    """
    items = [_written(to_csl_json(entry)) for entry in library]
    text = yaml.dump(
        {"references": items},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=_WIDTH,
    )
    return f"---\n{text}...\n"


def _written(item: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in item.items():
        if isinstance(value, str) and name in _TEXTS:
            made[name] = csl_markdown.from_tags(value)
        elif name in _PEOPLE:
            made[name] = [
                {part: csl_markdown.from_tags(text) for part, text in person.items()} for person in value
            ]
        else:
            made[name] = value
    return made


CSL_YAML = Format(
    name="csl-yaml",
    title="CSL-YAML (pandoc)",
    extensions=(".yaml",),
    sniff=sniff,
    read=read,
    write=write,
    keyed=True,
)
