"""subsequent-author-substitute: the same names as in the entry before are replaced, by all four rules."""

from __future__ import annotations

from pubkit.csl.runs import ATOM, CLOSE, NAMES, Mark, Runs

Names = tuple[str, list[str]]  # text of all names, text of each
Span = tuple[int, int]  # positions of a NAMES mark and of the mark that closes it
Spans = tuple[Span, list[Span]]


def substitute_authors(entries: list[Runs], text: str, rule: str) -> None:
    """Replace repeated names, in place.

    Args:
        entries: The runs of each entry, NAMES marks round the first names and round single ones.
        text: The substitute, e.g. "———".
        rule: "complete-all", "complete-each", "partial-each" or "partial-first".
    """
    previous: tuple[str, list[str]] | None = None
    for runs in entries:
        whole = _span(runs, 0, "")
        if whole is None:
            previous = None
            continue
        singles = _singles(runs, whole)
        mark = runs[whole[0]]
        key = str(mark.value) if isinstance(mark, Mark) and mark.value else _text(runs, whole)
        names = [_text(runs, single) for single in singles]
        if previous is not None and key:
            _replace(runs, (whole, singles), (key, names), previous, text=text, rule=rule)
        previous = key, names


def _replace(runs: Runs, spans: Spans, now: Names, previous: Names, *, text: str, rule: str) -> None:
    """Replace the names of one entry by one rule."""
    whole, singles = spans
    key, names = now
    new = [text] if text else []
    if rule in ("", "complete-all") or (not singles and not previous[1]):
        if key == previous[0]:
            runs[whole[0] + 1 : whole[1]] = new
        return
    same = 0
    while same < min(len(names), len(previous[1])) and names[same] == previous[1][same]:
        same += 1
    if rule == "complete-each" and (key != previous[0]):
        return
    count = {"complete-each": len(names), "partial-each": same, "partial-first": min(same, 1)}.get(rule, 0)
    for start, end in reversed(singles[:count]):
        runs[start + 1 : end] = new


def _span(runs: Runs, start: int, name: str) -> Span | None:
    for at in range(start, len(runs)):
        run = runs[at]
        if isinstance(run, Mark) and run.kind == NAMES and run.name == name:
            return at, _close(runs, at)
    return None


def _singles(runs: Runs, whole: Span) -> list[Span]:
    found: list[Span] = []
    at = whole[0] + 1
    while at < whole[1]:
        span = _span(runs, at, "name")
        if span is None or span[1] > whole[1]:
            break
        found.append(span)
        at = span[1] + 1
    return found


def _close(runs: Runs, start: int) -> int:
    depth = 0
    for at in range(start, len(runs)):
        run = runs[at]
        if isinstance(run, Mark):
            if run.kind == CLOSE:
                depth -= 1
                if depth == 0:
                    return at
            elif run.kind < ATOM:
                depth += 1
    return len(runs) - 1


def _text(runs: Runs, span: Span) -> str:
    return "".join(run for run in runs[span[0] : span[1]] if type(run) is str)
