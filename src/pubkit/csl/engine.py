"""The engine: a style, items, a locale; bibliographies and citations come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pubkit.csl.author_substitute import substitute_authors
from pubkit.csl.bibliography import Bibliography, find_writer, finish_entries
from pubkit.csl.context import Context, Disambiguation
from pubkit.csl.finish import Finisher
from pubkit.csl.items import Item, read_items
from pubkit.csl.locales import load_locale
from pubkit.csl.program import Programs, with_affixes
from pubkit.csl.runs import Runs
from pubkit.csl.sort import Sorter
from pubkit.csl.style import check_style
from pubkit.csl.styles import load_source
from pubkit.diagnostics import Diagnostic
from pubkit.errors import StyleError


class Engine:
    """Formats items in one citation style.

    Args:
        style: Name, path or text of a style, as `pubkit.csl.styles.load_source` takes it.
        items: CSL-JSON shaped mappings; text values may be markup trees.
        locale: Language code such as "de-DE"; by default the style's own, else American English.
        annotate: Put `Tagged` nodes round the text of each variable and each name.
        links: Make DOIs, addresses and the like links.

    Attributes:
        diagnostics: What could not be used of the items.

    Raises:
        StyleNotFoundError: There is no such style.
        StyleSyntaxError: The style is not valid.
        LocaleNotFoundError: There is no such locale.

    >>> item = {"id": "a", "type": "book", "title": "A Life", "issued": {"date-parts": [[1999]]},
    ...         "author": [{"family": "Doe", "given": "Jane"}]}
    >>> print(Engine("apa", [item]).bibliography())
    Doe, J. (1999). A life.
    """

    def __init__(
        self,
        style: str | Path,
        items: Iterable[Mapping[str, Any]],
        locale: str | None = None,
        *,
        annotate: bool = False,
        links: bool = False,
    ) -> None:
        source = load_source(style)
        self.style = check_style(source.xml, source.name)
        self.diagnostics: list[Diagnostic] = []
        self.lang = locale or source.default_locale or "en-US"
        self.locale = load_locale(self.lang, self.style.locales)
        self.items: dict[str, Item] = read_items(items, self.diagnostics)
        self.finisher = Finisher(self.locale)
        self.disambiguations: dict[str, Disambiguation] = {}
        options = {"annotate": annotate, "links": links}
        self._citation: Programs | None = None
        self._bibliography: Programs | None = None
        if self.style.citation is not None:
            self._citation = Programs(self.style, self.style.citation, self.locale, **options)
        if self.style.bibliography is not None:
            self._bibliography = Programs(self.style, self.style.bibliography, self.locale, **options)

    def bibliography(self, to: str = "text") -> Bibliography:
        """Return the bibliography of all items.

        Args:
            to: Output format: "text", "html", "markdown", "latex", "rtf", "typst" or "rst".

        Raises:
            StyleError: The style has no bibliography, or there is no such format.
        """
        programs = self._bibliography
        if programs is None:
            raise StyleError("the style has no bibliography", hint="use it for citations, or take another")
        writer = find_writer(to)
        sorter = Sorter(programs, programs.node.find("sort"))
        contexts = sorter.sort([Context(item, number) for number, item in enumerate(self.items.values(), 1)])
        for number, ctx in enumerate(contexts, 1):
            ctx.number = number
        bodies: list[Runs] = [programs.render(ctx) for ctx in contexts]
        substitute = programs.node.attrib.get("subsequent-author-substitute")
        if substitute is not None:
            substitute_authors(bodies, substitute, programs.node.get("subsequent-author-substitute-rule"))
        rendered = [
            (ctx.item.id, with_affixes(programs, body)) for ctx, body in zip(contexts, bodies, strict=True)
        ]
        node = programs.node
        return Bibliography(
            finish_entries(rendered, self.finisher, writer),
            to,
            hanging_indent=node.get("hanging-indent") == "true",
            second_field_align=node.get("second-field-align"),
            entry_spacing=_integer(node.get("entry-spacing"), 1),
            line_spacing=_integer(node.get("line-spacing"), 1),
        )


def _integer(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default
