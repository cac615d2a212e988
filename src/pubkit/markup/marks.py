"""Delimiters of inline markup that depend on what stands beside them: Markdown and reStructuredText."""

from __future__ import annotations

from pubkit.markup import walk


class Mark(str):
    """A delimiter in a writer's output.

    Attributes:
        closing: Whether it ends the markup.
        otherwise: What to write where the delimiter would not work.
    """

    __slots__ = ("closing", "otherwise")
    closing: bool
    otherwise: str


def mark(text: str, *, closing: bool, otherwise: str = "") -> Mark:
    """Return a delimiter."""
    made = Mark(text)
    made.closing = closing
    made.otherwise = otherwise
    return made


def marked(opening: str, closing: str, instead: tuple[str, str] = ("", "")) -> walk.Build:
    """Return a tag function that puts delimiters around the children.

    Args:
        opening: The opening delimiter.
        closing: The closing one.
        instead: What to write where they would not work.
    """
    start = mark(opening, closing=False, otherwise=instead[0])
    end = mark(closing, closing=True, otherwise=instead[1])

    def tag(node: walk.Parent) -> walk.Tag:
        return start, node.children, end

    return tag


def opens(piece: str) -> bool:
    """Whether a piece of output is an opening delimiter."""
    return isinstance(piece, Mark) and not piece.closing


def tidy(pieces: list[str]) -> list[str]:
    """Move blanks from the inner edges of markup outside, where they stop nothing; drop empty markup."""
    out: list[str] = []
    blank = ""  # a blank that waits for the end of the closing delimiters
    for piece in pieces:
        last = out[-1] if out else ""
        if isinstance(piece, Mark) and piece.closing:
            if opens(last):
                out.pop()
                continue
            if not isinstance(last, Mark) and last != last.rstrip():
                out[-1] = last.rstrip()
                blank = _one(last[len(out[-1]) :])
                if not out[-1]:
                    out.pop()
                    if opens(out[-1] if out else ""):
                        out.pop()
                        continue
            out.append(piece)
            continue
        if not piece:
            continue
        if blank:
            out.append(blank)
            blank = ""
        text = piece
        if not isinstance(piece, Mark) and piece != piece.lstrip():
            at = len(out)
            while at and opens(out[at - 1]):
                at -= 1
            if at < len(out):
                text = piece.lstrip()
                out.insert(at, _one(piece[: len(piece) - len(text)]))
        if text:
            out.append(text)
    if blank:
        out.append(blank)
    return out


def _one(blanks: str) -> str:
    """Return several ordinary blanks as one."""
    return blanks if blanks.strip(" ") else " "
