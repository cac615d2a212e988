"""Runs a command line and turns everything that can go wrong into one line and an exit code."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from pubkit.cli.console import fail, say, use_color
from pubkit.cli.group import pubkit
from pubkit.errors import PubkitError

OK, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """Run `pubkit` with these arguments and return its exit code.

    No exception leaves this function: a user sees what is wrong and what to do, never a traceback. With
    `PUBKIT_DEBUG` in the environment an internal error shows its traceback too.

    Args:
        arguments: The words behind `pubkit`.
    """
    try:
        result = pubkit.main(
            list(arguments), prog_name="pubkit", standalone_mode=False, color=use_color(sys.stdout)
        )
        sys.stdout.flush()
    except PubkitError as error:
        fail(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "pubkit"
        # click's own way to offer the nearest name does not end in what to do.
        message = re.sub(
            r"\.? \(Did you mean (.*?)\?\)", r"; did you mean \1", error.format_message().strip()
        )
        message = message.replace("one of: ", "").rstrip(".")
        fail(f"{message[:1].lower()}{message[1:]}; see {path} --help")
    except click.exceptions.Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough, as in `pubkit convert refs.bib | head`
        _forget_stdout()
        return OK
    except OSError as error:
        name = error.filename or "standard output"
        fail(f"{name} cannot be used ({error.strerror or error}); check it and try again")
    except Exception as error:  # the last door: a bug must not look like a user's mistake
        if os.environ.get("PUBKIT_DEBUG"):
            raise
        fail(
            f"internal error: {type(error).__name__}: {error}; "
            "set PUBKIT_DEBUG=1 to see where, and please report it with the input"
        )
    else:
        return result if isinstance(result, int) else OK
    return FAILED


def _forget_stdout() -> None:
    """Point stdout at nothing, so that Python's own flush at exit does not fail again."""
    with suppress(OSError, ValueError):  # stdout is no real file, as in a test
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
