"""What is compared of an entry."""

from __future__ import annotations

from typing import Literal, NamedTuple

Stage = Literal["preprint", "conference", "journal", "thesis", "report", "chapter", "book", "other", ""]


class Record(NamedTuple):
    """What is compared of one entry.

    Attributes:
        title: Folded title with subtitle, bracketed notes dropped.
        words: Its words.
        numbers: The numbers in it, in order.
        spelled: The same with number words ("ten") read too, without a number that the title begins with.
        markers: What kind of text about another one it is: "erratum", "reply", "comment", "review".
        generic: Whether such a title ("Editorial") stands over many texts.
        opposites: Which words it has that have an opposite ("men", "women"), as bits.
        families: Family names, folded, one word each, in order.
        names: All words of the names that are longer than an initial.
        initial: The initial of the first author's given name; "" where that is not known.
        more_names: Whether the list ends in "and others".
        year: Year of publication.
        venue: The folded name of journal, proceedings or book; "".
        known_venue: Key of the venue, where it is a known one; "".
        volume: Folded volume.
        number: Folded issue number.
        first_page: First page, or article number.
        last_page: Last page.
        edition: Number of the edition; "" where none is named.
        ids: Identifiers by kind.
        stage: Where in the life of a work this publication stands; "" where that is not known.
    """

    title: str = ""
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    markers: frozenset[str] = frozenset()
    generic: bool = False
    opposites: int = 0
    families: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    initial: str = ""
    more_names: bool = False
    year: int | None = None
    venue: str = ""
    known_venue: str = ""
    volume: str = ""
    number: str = ""
    first_page: str = ""
    last_page: str = ""
    edition: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    stage: Stage = ""
