"""The entry: a type, a citation key, and fields under BibLaTeX names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pubkit.diagnostics import Location
from pubkit.model.source import Source

if TYPE_CHECKING:
    from pubkit.markup.tree import Rich
    from pubkit.model.dates import Date
    from pubkit.model.names import Names
    from pubkit.model.pages import Pages

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry(Mapping[str, str]):
    r"""One publication. It reads like a mapping from field name to source text, and is never changed.

    Values are source text: Unicode, with LaTeX markup kept. The typed views (`names`, `date`, `rich`,
    `text` …) read that text when asked; results are memoised by the text.

    Args:
        type: BibLaTeX entry type in lower case, e.g. "inproceedings".
        key: Citation key, verbatim; "" when there is none yet.
        fields: Field name (BibLaTeX, lower case) → source text.
        extra: What a reader or a stage knows beside the fields (provenance, confidence). Not compared,
            never written to `.bib`.
        source: Where the entry was read from. Not compared.

    >>> entry = Entry("book", "knuth1986", {"title": r"The {\TeX}book", "author": "Donald E. Knuth"})
    >>> entry["title"], entry.text("title"), entry.names("author")[0].family
    ('The {\\TeX}book', 'The TeXbook', 'Knuth')
    """

    type: str
    key: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=lambda: _NOTHING, compare=False, repr=False)
    source: Source | None = field(default=None, compare=False, repr=False)

    # -- mapping ---------------------------------------------------------------------------------

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def __hash__(self) -> int:
        return hash((self.type, self.key, frozenset(self.fields.items())))

    # -- change ----------------------------------------------------------------------------------

    def replace(self, *, type: str | None = None, key: str | None = None, **fields: str | None) -> Entry:  # noqa: A002  # the field's own name
        """Return a copy with another type, key or fields; a field set to None is removed.

        Args:
            type: The new entry type; None keeps it.
            key: The new citation key; None keeps it.
            **fields: New source texts by field name.
        """
        return self.with_fields(fields, type=type, key=key)

    def with_fields(
        self,
        fields: Mapping[str, str | None],
        *,
        type: str | None = None,  # noqa: A002  # the field's own name
        key: str | None = None,
    ) -> Entry:
        """Like `replace`, for field names that are not Python identifiers.

        >>> Entry("misc", "a", {"note": "x"}).with_fields({"note": None, "date-added": "2020"}).fields
        {'date-added': '2020'}
        """
        merged = dict(self.fields)
        for name, value in fields.items():
            if value is None:
                merged.pop(name, None)
            else:
                merged[name] = value
        return Entry(
            self.type if type is None else type,
            self.key if key is None else key,
            merged,
            self.extra,
            self.source and self.source.touch(),
        )

    def with_extra(self, **extra: Any) -> Entry:
        """Return a copy that knows more beside its fields; its text stays as read."""
        return Entry(self.type, self.key, self.fields, {**self.extra, **extra}, self.source)

    # -- typed views -----------------------------------------------------------------------------

    def names(self, field: str = "author") -> Names:
        """Return the names of a name-list field, LaTeX decoded; empty where the field is missing."""
        from pubkit.model.names import parse_names

        return parse_names(self.fields.get(field, ""))

    def rich(self, field: str) -> Rich:
        """Return a field as rich text, LaTeX read; empty where the field is missing."""
        from pubkit.model.fields import rich_value

        return rich_value(field, self.fields.get(field, ""))

    def text(self, field: str) -> str:
        """Return a field as plain Unicode, LaTeX decoded; verbatim fields (`doi`, `url` …) as they stand."""
        from pubkit.model.fields import text_value

        return text_value(field, self.fields.get(field, ""))

    @property
    def date(self) -> Date | None:
        """The publication date (`date`, else `year`, `month` and `day`); None where missing or not a date."""
        from pubkit.model.dates import entry_date

        return entry_date(self.fields)

    @property
    def year(self) -> int | None:
        """The publication year; None where there is no date."""
        return self.date.year if self.date else None

    @property
    def pages(self) -> Pages | None:
        """The page ranges; None where missing."""
        from pubkit.model.pages import parse_pages

        value = self.fields.get("pages")
        return parse_pages(value) if value else None

    @property
    def doi(self) -> str | None:
        """The DOI in lower case, no resolver, from `doi` or where it certainly stands elsewhere; or None."""
        from pubkit.model.identifiers import find_doi

        return find_doi(self.fields)

    def _repr_html_(self) -> str:
        from pubkit.model.display import entry_html

        return entry_html(self)

    # -- display ---------------------------------------------------------------------------------

    def location(self, field: str = "") -> Location:
        """Return where this entry was read, for diagnostics."""
        if self.source is None:
            return Location(key=self.key, field=field)
        return self.source.location(key=self.key, field=field)
