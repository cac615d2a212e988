"""Papers in archives: what web services call a publisher or journal there is biblatex's `eprint`."""

from __future__ import annotations

from pubkit.model.identifiers import find_arxiv

_ARCHIVES = ("arxiv", "corr", "computing research repository")


def with_eprint(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields of a preprint with its arXiv number, if any; the archive is no publisher then.

    >>> with_eprint({"url": "https://arxiv.org/abs/1706.03762", "organization": "arXiv (Cornell University)"})
    {'url': 'https://arxiv.org/abs/1706.03762', 'eprint': '1706.03762', 'eprinttype': 'arxiv'}
    """
    number = find_arxiv(fields)
    if not number or "eprint" in fields:
        return fields
    kept = {
        name: source
        for name, source in fields.items()
        if name not in ("organization", "publisher", "journaltitle")
        or not source.lower().startswith(_ARCHIVES)
    }
    return {**kept, "eprint": number, "eprinttype": "arxiv"}
