"""Which rules and messages a run looks at: the command line's word, else the configuration's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pubkit.cli.config import Config
from pubkit.cli.options import codes
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.model.library import Library

# Codes of messages of readers, which `--select` and `--ignore` take beside those of rules.
_READER = "PK"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is looked at.

    Attributes:
        rules: Arguments of `check` and `normalize`.
        select: The codes selected, of rules and messages; None for all.
        ignore: The codes left out.
    """

    rules: Mapping[str, Any]
    select: Sequence[str] | None
    ignore: Sequence[str]

    @classmethod
    def of(cls, config: Config, given: Mapping[str, Any], paths: Sequence[str]) -> Selection:
        """Return the selection for some inputs.

        Args:
            config: The configuration.
            given: Options of the command line: `select`, `extend_select`, `ignore`, `key_pattern`, `sort`.
            paths: The inputs; what `per-file-ignores` leaves out in all of them is left out.
        """
        select = codes(config.codes("select", given["select"]))
        extend = codes(config.codes("extend-select", given["extend_select"]))
        ignore = codes(config.codes("ignore", given["ignore"])) or []
        by_file = [config.ignored_in(path) for path in paths]
        ignore += [code for code in dict.fromkeys(by_file[0]) if all(code in one for one in by_file)]
        rules: dict[str, Any] = {"ignore": [code for code in ignore if not code.startswith(_READER)]}
        if select is not None:
            rules["select"] = [code for code in select if not code.startswith(_READER)]
        if extend is not None:
            rules["extend"] = [code for code in extend if not code.startswith(_READER)]
        for name in ("key-pattern", "sort"):
            if value := config.get(name, given[name.replace("-", "_")]):
                rules[name.replace("-", "_")] = value
        if select is not None and extend is not None:
            select = [*select, *extend]
        return cls(rules, select, ignore)

    def of_reader(self, library: Library) -> list[Diagnostic]:
        """Return what the reader found wrong and the selection covers; its guesses are no findings."""
        wanted = None if self.select is None else _messages(self.select)
        unwanted = _messages(self.ignore)
        return [
            found
            for found in library.diagnostics
            if found.severity is not Severity.INFO
            and (wanted is None or found.code.startswith(wanted))
            and not found.code.startswith(unwanted)
        ]


def _messages(selected: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in selected if code.startswith(_READER))
