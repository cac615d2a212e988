"""BibTeX styles: a `.bst` by path or name runs in pybtex's own engine; its `.bbl` becomes any output."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubkit.errors import LimitError, StyleError, StyleNotFoundError, StyleSyntaxError
from pubkit.interop.bbl import render
from pubkit.interop.latex_values import bst_value
from pubkit.interop.pybtex import name_source, to_pybtex
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.months import MONTH_MACROS

_LOG = logging.getLogger("pubkit.bst")
_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*", re.ASCII)
_KPSEWHICH_SECONDS = 20
_MOST_BYTES = 4 << 20
# A style is a program: it gets so many function calls and so long a string, then it is stopped. The
# standard styles need about 2,000 calls an entry.
_CALLS, _CALLS_AN_ENTRY, _STRING = 200_000, 50_000, 10_000_000
# pybtex collects its warnings in a global; one style runs at a time.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class BstResult:
    """What a `.bst` made: the text of the `.bbl`, and the style's warnings."""

    bbl: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BstEngine:
    """Formats a library by a `.bst`, for style names `bst:NAME`, `bst:PATH` and paths that end in `.bst`."""

    def format_library(self, library: Library, style: str, to: str) -> str:
        """Return the library as a list of references.

        The style's own warnings (such as a missing year) go to the log `pubkit.bst`.

        Args:
            library: The entries, all of which are cited, in order.
            style: "alpha", "bst:alpha" or a path.
            to: "latex" gives the `.bbl`; any other markup reads its LaTeX.

        Raises:
            StyleNotFoundError: There is no such file and `kpsewhich` knows none.
            StyleSyntaxError: The style cannot be parsed; `where` holds file and line.
            StyleError: The style fails while it runs.
        """
        result = run_bst(library, find_bst(style.removeprefix("bst:")))
        for warning in result.warnings:
            _LOG.warning("%s", warning)
        return render(result.bbl, to)


ENGINE = BstEngine()


def find_bst(name: str) -> Path:
    """Return the file of a BibTeX style.

    Args:
        name: A path, or a name such as "alpha" that TeX's `kpsewhich` finds.

    Raises:
        StyleNotFoundError: Neither a file nor a name that is known.
    """
    path = Path(name)
    for candidate in (path, path.with_name(path.name + ".bst") if path.name else path):
        if candidate.suffix == ".bst" and candidate.is_file():
            return candidate
    if path.name != name or not _NAME.fullmatch(name):
        raise StyleNotFoundError("there is no such .bst file", hint="check the path", where=name)
    program = shutil.which("kpsewhich")
    if program is None:
        raise StyleNotFoundError(
            f"no .bst file {name!r} here, and kpsewhich is not installed",
            hint="give the path of the file, or install TeX (Debian: texlive-binaries, texlive-base)",
        )
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; the name holds only letters, digits and ._+-
            [program, "--format=bst", "--", name],
            capture_output=True,
            check=False,
            text=True,
            timeout=_KPSEWHICH_SECONDS,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise StyleError(f"kpsewhich failed ({error})", hint="give the path of the .bst file") from error
    found = done.stdout.strip()
    if not found:
        raise StyleNotFoundError(
            f"TeX knows no BibTeX style {name!r}", hint="check the name, or give the path of the .bst file"
        )
    return Path(found)


def run_bst(library: Iterable[Entry], path: Path) -> BstResult:
    """Run a `.bst` over a library in pybtex's engine.

    Field values are given to the style as LaTeX that is safe in a document: accents as macros (as styles
    expect for sorting and labels), special characters escaped, unknown macros disarmed.

    Args:
        library: The entries, all of which are cited, in order.
        path: The style.

    Raises:
        StyleSyntaxError: The style cannot be parsed.
        StyleError: It cannot be read, or fails while it runs.
    """
    from pybtex.bibtex import bst
    from pybtex.bibtex.exceptions import BibTeXError
    from pybtex.exceptions import PybtexError
    from pybtex.scanner import PybtexSyntaxError

    where = str(path)
    source = _load(path)
    entries = list(library)
    with _captured() as warnings:
        try:
            script = list(bst.parse_stream(source.splitlines(), where))
        except PybtexSyntaxError as error:
            place = f"{where}:{error.lineno}" if error.lineno else where
            message = str(error).partition(": ")[2] or str(error)
            raise StyleSyntaxError(
                f"this is no BibTeX style: {message}", hint="check the file", where=place
            ) from error
        except RecursionError:
            raise StyleSyntaxError(
                "functions are nested too deeply", hint="check the file", where=where
            ) from None
        try:
            bbl = _interpreter(entries).run(script, ["*"], [], min_crossrefs=len(entries) + 1)
        except LimitError:
            raise
        except RecursionError:
            raise StyleError(
                "a function of the style calls itself", hint="use another style", where=where
            ) from None
        except (
            BibTeXError,
            PybtexError,
            KeyError,
            IndexError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:
            # pybtex's interpreter shows a style's type errors and unknown names as Python's.
            message = f"missing name {error}" if isinstance(error, KeyError) else str(error)
            raise StyleError(
                f"the style failed: {message}", hint="check it with BibTeX", where=where
            ) from error
    return BstResult(bbl, tuple(str(warning) for warning in warnings))


def _load(path: Path) -> str:
    """Return the text of a style."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise StyleError(
            f"cannot be read ({error.strerror})", hint="check the file", where=str(path)
        ) from error
    if len(data) > _MOST_BYTES or b"\x00" in data:
        raise StyleSyntaxError("this is no BibTeX style", hint="give a .bst file", where=str(path))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


@contextmanager
def _captured() -> Iterator[list[Exception]]:
    """Collect pybtex's warnings instead of raising or printing them."""
    from pybtex import errors

    with _LOCK, errors.capture() as caught:
        yield caught


def _interpreter(entries: list[Entry]) -> Any:
    """Return pybtex's interpreter, reading our entries and counting what the style does."""
    from pybtex.bibtex.builtins import Builtin, builtins
    from pybtex.bibtex.interpreter import Function, Interpreter

    budget = _Budget(_CALLS + _CALLS_AN_ENTRY * len(entries))

    class Counted(Function):  # type: ignore[misc]  # pybtex has no type hints
        def execute(self, interpreter: Any) -> None:
            budget.spend()
            super().execute(interpreter)

    class Limited(Interpreter):  # type: ignore[misc]  # pybtex has no type hints
        def command_function(self, name_: Any, body: Any) -> None:
            self.add_variable(name_[0].value(), Counted(body))

    def loop(interpreter: Any) -> None:
        body, condition = interpreter.pop(), interpreter.pop()
        while True:
            budget.spend()
            condition.execute(interpreter)
            if interpreter.pop() <= 0:
                break
            body.execute(interpreter)

    def join(interpreter: Any) -> None:
        builtins["*"].execute(interpreter)
        budget.measure(interpreter.stack[-1])

    engine = Limited(_reader(entries), None)
    engine.vars["while$"] = Builtin(loop)
    engine.vars["*"] = Builtin(join)
    return engine


@dataclass(slots=True)
class _Budget:
    """How much a style may still do."""

    calls: int

    def spend(self) -> None:
        self.calls -= 1
        if self.calls < 0:
            raise LimitError("the style runs without end", hint="use another style")

    def measure(self, value: Any) -> None:
        if len(value) > _STRING:
            raise LimitError("the style makes a text without end", hint="use another style")


def _reader(entries: list[Entry]) -> Callable[..., Any]:
    """Return what stands in for pybtex's `.bib` parser: it reads nothing and gives our entries."""

    class Reader:
        def __init__(self, macros: Mapping[str, str], **_: Any) -> None:
            # A style's MACRO commands say how months are printed.
            self.months = {**MONTH_MACROS, **{name.lower(): value for name, value in macros.items()}}

        def parse_files(self, _: Any) -> Any:
            data = to_pybtex(entries, duplicates="rename", months=self.months)
            for record in data.entries.values():
                for role, people in record.persons.items():
                    record.fields[role] = " and ".join(map(name_source, people))
                record.persons.clear()
                for name, value in list(record.fields.items()):
                    record.fields[name] = bst_value(name.lower(), value)
            return data

    return Reader
