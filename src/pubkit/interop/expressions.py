"""BibTeX value expressions (`acm # " Press"`, `{text}`, `jan`) as bibtexparser leaves them in its fields."""

from __future__ import annotations

from collections.abc import Mapping

from pubkit.model.months import MONTH_MACROS

_CLOSING = {"{": "}", '"': '"'}


def is_month(value: str) -> bool:
    """Tell whether a value is one of BibTeX's predefined month macros, or two joined by a dash."""
    return all(part in MONTH_MACROS for part in value.split("--"))


def month_expression(value: str) -> str:
    """Return the expression for a month or two.

    >>> month_expression("sep"), month_expression("sep--oct")
    ('sep', 'sep # "--" # oct')
    """
    return ' # "--" # '.join(value.split("--"))


def expand_months(value: str, macros: Mapping[str, str] = MONTH_MACROS) -> str:
    """Return a month field with its macros replaced; a value that is no month macro stays.

    >>> expand_months("sep--oct"), expand_months("Spring")
    ('September--October', 'Spring')
    """
    return "--".join(macros.get(part, part) for part in value.split("--")) if is_month(value) else value


class Expressions:
    """Evaluates value expressions with the `@string` macros of one library.

    Args:
        macros: Macro name → the expression that defines it. A macro may use others; one that uses itself
            stays a name.

    >>> Expressions({"tug": '"TUG"', "boat": 'tug # {boat}'}).value("boat # { 3}")
    'TUGboat 3'
    """

    def __init__(self, macros: Mapping[str, str]) -> None:
        self.strings: dict[str, str] = {}
        for name, expression in macros.items():  # in file order: a macro can use only earlier ones
            value = self.value(expression)
            self.strings.setdefault(name.lower(), value)

    def value(self, expression: str) -> str:
        """Return what an expression stands for; an unknown macro and a month stand for their own name."""
        return "".join(self._part(part) for part in _parts(expression))

    def _part(self, part: str) -> str:
        if part[0] in _CLOSING and len(part) > 1 and part[-1] == _CLOSING[part[0]]:
            return part[1:-1]
        return self.strings.get(part.lower(), part)


def _parts(expression: str) -> list[str]:
    """Return the operands between the `#` that stand outside braces and quotes.

    Text whose braces do not balance is no expression: it is one operand.
    """
    parts: list[str] = []
    depth, quoted, start = 0, False, 0
    for at, char in enumerate(expression):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth < 0:
                break
        elif char == '"' and depth == 0:
            quoted = not quoted
        elif char == "#" and depth == 0 and not quoted:
            parts.append(expression[start:at].strip())
            start = at + 1
    if depth or quoted:
        return [expression.strip()]
    return [part for part in (*parts, expression[start:].strip()) if part]
