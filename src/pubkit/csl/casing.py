"""`text-case` and `strip-periods` on what an element renders."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pubkit.csl.compile import Scope, like
from pubkit.csl.runs import ATOM, CLOSE, NOCASE, Mark, Part, Runs
from pubkit.csl.xml import Node
from pubkit.text.casing import TEXT_CASES, TextCase, convert, convert_pieces

if TYPE_CHECKING:
    from pubkit.csl.context import Context


def cased(part: Part, node: Node, scope: Scope) -> Part:
    """Apply an element's `strip-periods` and `text-case` to what its renderer appends."""
    if isinstance(part, int):
        return part
    case = node.attrib.get("text-case", "")
    strip = node.attrib.get("strip-periods") == "true"
    if case not in TEXT_CASES:
        case = ""
    if not case and not strip:
        return part
    style_lang = scope.style.default_locale or scope.locale.lang
    lang = scope.shape.language or style_lang
    text_case = cast("TextCase", case)

    def changed(ctx: Context, out: Runs) -> int:
        start = len(out)
        status = part(ctx, out)
        if len(out) == start:
            return status
        if strip:
            for at in range(start, len(out)):
                run = out[at]
                if type(run) is str and "." in run:
                    out[at] = run.replace(".", "")
        if case:
            if len(out) == start + 1:
                run = out[start]
                if type(run) is str:
                    out[start] = convert(run, text_case, lang)
            else:
                case_runs(out, start, text_case, lang)
        return status

    return like(changed, part)


def case_runs(out: Runs, start: int, case: TextCase, lang: str) -> None:
    """Change the letter case of the runs from `start` on, as one text; `nocase` spans stay."""
    positions: list[int] = []
    pieces: list[tuple[str, bool]] = []
    stack: list[bool] = []
    for at in range(start, len(out)):
        run = out[at]
        if type(run) is str:
            positions.append(at)
            pieces.append((run, True in stack))
        elif isinstance(run, Mark):
            if run.kind == CLOSE:
                stack.pop()
            elif run.kind < ATOM:
                stack.append(run.kind == NOCASE)
    for at, text in zip(positions, convert_pieces(tuple(pieces), case, lang), strict=True):
        out[at] = text
