"""The command `pubkit` and its verbs, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from typing import Any, cast

import click

# Verb → module of this package that holds a command of that name. In the order of `pubkit --help`.
VERBS: dict[str, str] = {
    "publish": "publish",
    "convert": "convert",
    "format": "format_",
    "cite": "cite",
    "bib": "bib",
    "page": "page",
    "update": "update",
    "normalize": "normalize",
    "dedupe": "dedupe",
    "enrich": "enrich",
    "add": "add",
    "diff": "diff",
    "merge": "merge",
    "check": "check",
    "inspect": "inspect",
    "styles": "styles",
    "formats": "formats",
    "rules": "rules",
    "completion": "completion",
}


class LazyGroup(click.Group):
    """A group that knows its verbs by name and imports one only to run it or to describe it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which help shows them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, or None."""
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        return cast(click.Command, import_module(f"pubkit.cli.{module}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which verbs are near."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = get_close_matches(args[0], VERBS, 1)
            hint = f"did you mean {near[0]}" if near else f"the verbs are {', '.join(VERBS)}"
            raise click.UsageError(f"there is no verb {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)


class Verb(click.Command):
    """A command whose help ends with examples."""

    def __init__(self, *args: Any, examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they stand."""
        with formatter.section("Examples"):
            for line in self.examples.strip().splitlines():
                formatter.write(f"  {line.strip()}\n")


def verb(name: str, summary: str, examples: str) -> Callable[[Callable[..., Any]], Verb]:
    """Make a command of a function; its docstring is its help, the summary its line in `pubkit --help`."""

    def make(function: Callable[..., Any]) -> Verb:
        return click.command(name, cls=Verb, short_help=summary, examples=examples)(function)

    return make


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from pubkit import __version__

        click.echo(f"pubkit {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: pubkit publish cv.txt -o site/   (pubkit VERB --help explains a verb)",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
def pubkit() -> None:
    """Read a publication list in any form, clean it, and print it as BibTeX or in any citation style.

    Inputs are files; - is standard input. Data goes to standard output, messages to standard error.
    Exit codes: 0 done, 1 findings of check (or --check), 2 could not run.
    """
