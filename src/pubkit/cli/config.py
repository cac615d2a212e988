"""Configuration: `.pubkit.toml` or `[tool.pubkit]` in `pyproject.toml`, of the nearest folder with one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pubkit.errors import ConfigError

NAMES = (".pubkit.toml", "pyproject.toml")
_CODES = (list, str)
#: Option → what it may be. The names are those of the command line, without the dashes before them.
OPTIONS: dict[str, type | tuple[type, ...]] = {
    "select": _CODES,
    "extend-select": _CODES,
    "ignore": _CODES,
    "unsafe-fixes": bool,
    "output-format": str,
    "keys": str,
    "key-pattern": str,
    "sort": str,
    "dialect": str,
    "layout": str,
    "ascii": bool,
    "per-file-ignores": dict,
}
_CHOICES = {
    "output-format": ("text", "json", "github"),
    "keys": ("missing", "all", "keep"),
    "sort": ("key", "author", "year", "title", "type"),
    "dialect": ("bibtex", "biblatex"),
    "layout": ("tidy", "preserve"),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says.

    Attributes:
        path: The file; None where there is none.
        options: Option name → value.
    """

    path: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str, given: Any) -> Any:
        """Return an option: what the command line gave (None and () are nothing), else what the file says."""
        return self.options.get(name, given) if given in (None, ()) else given

    def codes(self, name: str, given: Sequence[str]) -> tuple[str, ...]:
        """Return the codes of an option, of the command line or else of the file."""
        found = self.get(name, given)
        return (found,) if isinstance(found, str) else tuple(found or ())

    def ignored_in(self, path: str) -> list[str]:
        """Return the codes that `per-file-ignores` leaves out in a file."""
        patterns: Mapping[str, Any] = self.options.get("per-file-ignores", {})
        root = self.path.parent if self.path else Path()
        try:
            inside = Path(path).resolve().relative_to(root.resolve()).as_posix()
        except (OSError, ValueError):
            inside = path
        return [
            code
            for pattern, codes in patterns.items()
            if fnmatch(inside, pattern) or fnmatch(Path(path).name, pattern)
            for code in ([codes] if isinstance(codes, str) else codes)
        ]


def load(inputs: Iterable[str], named: str = "", *, isolated: bool = False) -> Config:
    """Find and read the configuration for some inputs.

    Args:
        inputs: The inputs; the search starts in the folder of the first one that is a file.
        named: A configuration file to take instead.
        isolated: Whether to look for none.

    Raises:
        ConfigError: The file cannot be read, or holds an option or a value that is not known.
    """
    if named:
        return _read(Path(named), named=True)
    if isolated:
        return Config()
    first = next((Path(path) for path in inputs if path != "-"), Path())
    try:
        start = (first if first.is_dir() else first.parent).resolve()
    except OSError:
        return Config()
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            if path.is_file():
                config = _read(path)
                if config.path is not None:
                    return config
    return Config()


def _read(path: Path, *, named: bool = False) -> Config:
    """Read a file; a pyproject.toml without a table of ours is none, unless the user named it."""
    try:
        found: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        if path.name == "pyproject.toml" and not named:
            return Config()  # its other readers tell of that
        raise ConfigError(f"is no TOML ({error})", hint="correct it", where=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ConfigError(f"cannot be read ({reason})", hint="check it", where=str(path)) from error
    if path.name == "pyproject.toml" or "tool" in found:
        tool = found.get("tool")
        found = tool.get("pubkit") if isinstance(tool, dict) else None
        if found is None:
            return Config()
    if not isinstance(found, dict):
        raise ConfigError("tool.pubkit is no table", hint="write [tool.pubkit]", where=str(path))
    for name, value in found.items():
        _check(name, value, path)
    return Config(path, found)


def _check(name: str, value: Any, path: Path) -> None:
    """Refuse an option or a value that is not known."""
    if name not in OPTIONS:
        near = get_close_matches(name.replace("_", "-"), OPTIONS, 1)
        hint = f"did you mean {near[0]!r}" if near else f"there are {', '.join(OPTIONS)}"
        raise ConfigError(f"there is no option {name!r}", hint=hint, where=str(path))
    kinds = OPTIONS[name]
    if not isinstance(value, kinds) or (isinstance(value, list) and not _are_texts(value)):
        wanted = {bool: "true or false", str: "a text", dict: "a table"}.get(
            kinds if isinstance(kinds, type) else list, "a list of codes"
        )
        raise ConfigError(f"the option {name!r} is {value!r}", hint=f"it is {wanted}", where=str(path))
    choices = _CHOICES.get(name)
    if choices and value not in choices:
        hint = f"it is one of {', '.join(choices)}"
        raise ConfigError(f"the option {name!r} is {value!r}", hint=hint, where=str(path))
    if isinstance(value, dict):
        for pattern, codes in value.items():
            if not isinstance(codes, str) and not (isinstance(codes, list) and _are_texts(codes)):
                hint = f'write {pattern!r} = ["T001"]'
                raise ConfigError(f"{name!r} of {pattern!r} is {codes!r}", hint=hint, where=str(path))


def _are_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
