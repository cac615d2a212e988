"""Parameters of commands that a manuscript defines, and the arguments of a use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubkit.cited.texargs import Arguments

_SPEC = re.compile(r"[+!]|>\s*\{[^{}]*\}|[mv]|s|t\\?\S|[oOb]|[dDrR]\s*(\S)\s*\S|e\s*\{[^{}]*\}")
_DEFAULT = re.compile(r"\s*\{([^{}]*)\}")
_TOKEN = re.compile(r"\\(?:[A-Za-z@]+|.)|[^\s{}]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes:
        opening: The bracket of its argument: "{" for a mandatory one, "[" and others for optional ones; "*"
            or another character for a mark that may stand or not.
        default: The value of an optional one that is not given.
    """

    opening: str = "{"
    default: str = ""


def parameters(count: int, default: str | None) -> tuple[Parameter, ...]:
    r"""Return the parameters of a `\newcommand`: the first is optional where it has a default."""
    first = (Parameter("[", default),) if default is not None and count else ()
    return first + (Parameter(),) * (count - len(first))


def document_parameters(spec: str) -> tuple[Parameter, ...]:
    r"""Return the parameters of a `\NewDocumentCommand` from its argument specification.

    >>> [parameter.opening for parameter in document_parameters("s O{} +m d()")]
    ['*', '[', '{', '(']
    """
    found: list[Parameter] = []
    at = 0
    while match := _SPEC.search(spec, at):
        at = match.end()
        kind = match[0][0]
        if kind in "+!>e":
            continue
        default = ""
        if kind in "ODR" and (given := _DEFAULT.match(spec, at)):
            default, at = given[1], given.end()
        if kind in "st":
            found.append(Parameter("*" if kind == "s" else match[0][-1]))
        elif kind in "oO":
            found.append(Parameter("[", default))
        elif kind in "dDrR":
            found.append(Parameter(match[1] if match[1] in "[(<{" else "[", default))
        else:
            found.append(Parameter())
    return tuple(found)


def pass_arguments(taken: tuple[Parameter, ...], arguments: Arguments, at: int) -> tuple[dict[int, str], int]:
    """Return the arguments of a use by their numbers, and the offset behind them."""
    values: dict[int, str] = {}
    for number, parameter in enumerate(taken, 1):
        opening = parameter.opening
        if opening not in ("{", "[", "(", "<"):
            behind = arguments.gap(at)
            if arguments.text.startswith(opening, behind):
                at = behind + 1
            continue
        found = arguments.bracket(at, opening)
        if found:
            values[number], at = found
        elif opening == "{":
            token = _TOKEN.match(arguments.text, arguments.gap(at))
            if token is None:
                break
            values[number], at = token[0], token.end()
        else:
            values[number] = parameter.default
    return values, at
