"""LaTeX: the list as an environment that any class takes, or one of the reader's choosing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pubkit.cite.layouts.parts import Layout, Section, any_labels, parted
from pubkit.errors import StyleError
from pubkit.markup.tree import Rich
from pubkit.markup.writers import WRITERS

_HANGING = (
    r"\begin{list}{}{\setlength{\leftmargin}{2em}\setlength{\itemindent}{-2em}"
    r"\setlength{\labelwidth}{0pt}\setlength{\labelsep}{0pt}}"
)
_LABELLED = r"\begin{list}{}{\setlength{\leftmargin}{3em}\setlength{\labelwidth}{2.5em}}"


def lay_latex(sections: Sequence[Section], layout: Layout) -> str:
    r"""Return the list as LaTeX.

    Args:
        sections: The list.
        layout: `environment` is "list" (hanging, or with the style's labels), "enumerate", "itemize",
            "moderncv" (`\cvitem` under `\subsection`) or "thebibliography".

    Raises:
        StyleError: There is no such environment, or it cannot hold groups.
    """
    lay = _ENVIRONMENTS.get(layout.environment)
    if lay is None:
        raise StyleError(
            f"there is no LaTeX layout {layout.environment!r}",
            hint=f"use one of {', '.join(_ENVIRONMENTS)}",
        )
    return lay(sections)


def _list(sections: Sequence[Section]) -> str:
    parts = []
    for section in sections:
        labelled = any_labels([section])
        lines = [*_heading(section, r"\subsection*"), _LABELLED if labelled else _HANGING]
        for one in section.references:
            label, text = _parts(one.rich)
            lines.append(rf"\item[{{{label}}}] {text}" if labelled else _item(text))
        parts.append("\n".join([*lines, r"\end{list}"]))
    return "\n\n".join(parts)


def _plain(name: str) -> Callable[[Sequence[Section]], str]:
    """Return the layout of an environment that counts or marks its items itself; own labels are kept."""

    def lay(sections: Sequence[Section]) -> str:
        parts = []
        for section in sections:
            lines = [*_heading(section, r"\subsection*"), rf"\begin{{{name}}}"]
            for one in section.references:
                label, text = _parts(one.rich)
                lines.append(rf"\item[{{{label}}}] {text}" if label else _item(text))
            parts.append("\n".join([*lines, rf"\end{{{name}}}"]))
        return "\n\n".join(parts)

    return lay


def _moderncv(sections: Sequence[Section]) -> str:
    parts = []
    for section in sections:
        lines = _heading(section, r"\subsection")
        for one in section.references:
            label, text = _parts(one.rich)
            lines.append(rf"\cvitem{{{label}}}{{{text}}}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _thebibliography(sections: Sequence[Section]) -> str:
    if any(section.heading for section in sections):
        raise StyleError(
            "thebibliography cannot hold groups", hint="leave out group_by, or choose another environment"
        )
    references = [one for section in sections for one in section.references]
    taken: set[str] = set()
    lines = [rf"\begin{{thebibliography}}{{{'9' * len(str(len(references)))}}}"]
    for one in references:
        label, text = _parts(one.rich)
        bare = label.strip("[]").removesuffix(".")  # LaTeX sets the brackets
        counted = not bare or bare == str(len(taken) + 1)  # LaTeX counts by itself
        lines.append(rf"\bibitem{'' if counted else f'[{{{bare}}}]'}{{{_key(one.id, taken)}}} {text}")
    return "\n".join([*lines, r"\end{thebibliography}"])


def _key(reference_id: str, taken: set[str]) -> str:
    """Return a key that LaTeX can cite and no other reference has."""
    base = re.sub(r"[\s,{}\\%#~\"&$^_]+", "-", reference_id) or "entry"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key)
    return key


def _heading(section: Section, command: str) -> list[str]:
    return [rf"{command}{{{WRITERS['latex']((section.heading,))}}}"] if section.heading else []


def _parts(rich: Rich) -> tuple[str, str]:
    """Return label and text of a reference."""
    label, rest = parted(rich)
    write = WRITERS["latex"]
    return write(label) if label else "", write(rest).strip()


def _item(text: str) -> str:
    # A bracket right behind \item would be read as its label.
    return rf"\item {{}}{text}" if text.startswith("[") else rf"\item {text}"


_ENVIRONMENTS: dict[str, Callable[[Sequence[Section]], str]] = {
    "list": _list,
    "enumerate": _plain("enumerate"),
    "itemize": _plain("itemize"),
    "moderncv": _moderncv,
    "thebibliography": _thebibliography,
}
