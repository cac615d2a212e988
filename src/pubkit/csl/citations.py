"""Citations: cites in a cluster, rendered, sorted, grouped, collapsed and joined."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cite:
    """One item in a citation.

    Attributes:
        id: The item's id.
        locator: Place in the work, e.g. "12-15".
        label: Kind of locator, a CSL locator term such as "page" or "chapter".
        prefix: Text before the cite, with CSL inline markup.
        suffix: Text behind the cite.
        suppress_author: Leave the author out, because the sentence names it.
        author_only: Give nothing but the author.
        position: Forced position ("first", "subsequent", "ibid", "ibid-with-locator"); "" to work it out.
        near_note: Forced answer to near-note; None to work it out.
    """

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    position: str = ""
    near_note: bool | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Cites that stand together at one place of a document.

    Attributes:
        cites: The cites.
        note: Number of the note, 0 in the text.
        id: Name of the citation in the document.
        mode: "" or "composite": the authors of the first cite in the sentence, the rest behind them.
        sorted: Whether the style's sorting applies.
    """

    cites: tuple[Cite, ...]
    note: int = 0
    id: str = ""
    mode: str = ""
    sorted: bool = field(default=True)
