"""The HTML form in which the CSL test suite states its results."""

from __future__ import annotations

from pubkit.csl.runs import ATOM, CLOSE, DISPLAY, FORMAT, Mark, Runs

_FORMATS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("text-decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
}
_DISPLAYS = {
    "block": ('\n\n    <div class="csl-block">', "</div>\n"),
    "left-margin": ('\n    <div class="csl-left-margin">', "</div>"),
    "right-inline": ('<div class="csl-right-inline">', "</div>\n  "),
    "indent": ('<div class="csl-indent">', "</div>\n  "),
}


def write(resolved: Runs) -> str:
    """Return resolved runs in the suite's HTML."""
    out: list[str] = []
    closers: list[str] = []
    for run in resolved:
        if isinstance(run, str):
            text = run.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
            out.append(text.replace("  ", "\u00a0 "))  # HTML would drop the second space
        elif run.kind == CLOSE:
            out.append(closers.pop())
        elif run.kind == ATOM:
            out.append(run.value.source)
        else:
            opener, closer = _tags(run)
            out.append(opener)
            closers.append(closer)
    return "".join(out)


def _tags(mark: Mark) -> tuple[str, str]:
    if mark.kind == DISPLAY:
        return _DISPLAYS[mark.name]
    if mark.kind == FORMAT:
        default = (f'<span style="{mark.name}:{mark.value};">', "</span>")
        return _FORMATS.get((mark.name, str(mark.value)), default)
    return "", ""


def bibliography(entries: list[Runs]) -> str:
    """Return a bibliography in the suite's HTML."""
    rows = "".join(f'  <div class="csl-entry">{write(entry)}</div>\n' for entry in entries)
    return f'<div class="csl-bib-body">\n{rows}</div>'
