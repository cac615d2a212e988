"""Style names that belong to another engine than CSL."""

from __future__ import annotations

from pathlib import Path

from pubkit import registry
from pubkit.errors import StyleNotFoundError


def other_engine(style: str | Path) -> tuple[str, str] | None:
    """Return engine and style of a name such as "pybtex:plain"; None for a CSL style.

    Args:
        style: What the user gave as the style.

    Raises:
        StyleNotFoundError: The name has a prefix that no engine has.

    >>> other_engine("pybtex:plain"), other_engine("alpha.bst"), other_engine("apa")
    (('pybtex', 'plain'), ('bst', 'alpha.bst'), None)
    """
    name = str(style)
    if name.endswith(".bst"):
        return "bst", name.removeprefix("bst:")
    engine, colon, rest = name.partition(":")
    if (
        isinstance(style, Path)
        or not colon
        or name.lstrip().startswith("<")
        or "/" in engine
        or len(engine) < 2
    ):
        return None  # one letter is a Windows drive
    if rest.startswith("//"):
        return None
    engines = registry.names("style-engines")
    if engine in engines:
        return engine, rest
    if " " in engine or " " in rest[:1]:
        return None  # a title of a style
    hint = f"engines are {', '.join(engines)}; CSL styles have no prefix"
    raise StyleNotFoundError(f"there is no style engine {engine!r}", hint=hint, where=name)
