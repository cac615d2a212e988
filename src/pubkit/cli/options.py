"""Every option that more than one verb has, declared once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from pubkit.enrich.settings import Settings


def _formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a format."""
    from pubkit import registry

    return [name for name in registry.names("formats") if name.startswith(incomplete)]


def _styles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a style; other words are left to the shell, for paths."""
    from pubkit.csl.styles import list_styles

    found = [
        CompletionItem(style.id, help=style.title)
        for style in list_styles()
        if style.id.startswith(incomplete)
    ]
    return found or [CompletionItem(incomplete, type="file")]


inputs = click.argument("inputs", nargs=-1, metavar="IN…", type=click.Path())
from_ = click.option(
    "-f",
    "--from",
    "from_",
    metavar="FORMAT",
    shell_complete=_formats,
    help="Format of the input; by default its name and content tell.",
)
to_format = click.option(
    "-t",
    "--to",
    "to",
    metavar="FORMAT",
    shell_complete=_formats,
    help="Format of the output; by default the output's extension, else BibTeX.",
)
output = click.option(
    "-o", "--output", default="-", metavar="FILE", help="Write here instead of to standard output."
)
force = click.option("--force", is_flag=True, help="Replace an output that is there.")
in_place = click.option("--in-place", is_flag=True, help="Write the result back to the input.")
_encoding = click.option(
    "--encoding", metavar="NAME", help="Encoding of the input; by default its content tells."
)
READING = "pubkit.reading"  # where a command's context keeps the options of the readers


class _Size(click.ParamType):  # type: ignore[type-arg]  # older versions of click take no argument
    """A number of bytes: 500000000, 500M, 8G."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"([0-9]{1,15})([KMGT]?)(?:i?B)?", str(value).strip(), re.IGNORECASE)
        if not found or not int(found[1]):
            self.fail(f"{value!r} is no size; give bytes, or e.g. 500M or 8G", param, ctx)
        return int(found[1]) << 10 * " KMGT".index(found[2].upper() or " ")


def _keep(ctx: click.Context, param: click.Parameter, value: int | bool | None) -> None:
    if value not in (None, False):
        ctx.meta.setdefault(READING, {})[param.name] = value


_max_bytes = click.option(
    "--max-bytes",
    metavar="SIZE",
    type=_Size(),
    expose_value=False,
    callback=_keep,
    help="Refuse larger inputs, counted unpacked: bytes, or e.g. 8G; by default 1G, 64G part by part.",
)


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every verb has that reads files: in which encoding, and how large they may be."""
    return _encoding(_max_bytes(command))


_subtitles = click.option(
    "--subtitles",
    is_flag=True,
    expose_value=False,
    callback=_keep,
    help="Part the titles of paper lists at their colon into title and subtitle.",
)
_related = click.option(
    "--related",
    is_flag=True,
    expose_value=False,
    callback=_keep,
    help="Give the second venues that paper lists tell of entries of their own, linked by related.",
)


def lists(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add how paper lists are read, beyond whose they are."""
    return _subtitles(_related(command))


owner = click.option(
    "--owner",
    default="",
    metavar="NAME",
    help="Whose list it is; their name is marked, and added where a list leaves it out.",
)
strict = click.option(
    "--strict", is_flag=True, help="Stop at the first error in the input instead of reporting it."
)
verbose = click.option("-v", "--verbose", is_flag=True, help="Show every message and change.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
style = click.option(
    "-s",
    "--style",
    default="apa",
    show_default=True,
    metavar="STYLE",
    shell_complete=_styles,
    help="Id, title or alias of a CSL style, a .csl file, pybtex:NAME or bst:NAME.",
)
to_markup = click.option(
    "-t",
    "--to",
    "to",
    default="text",
    show_default=True,
    metavar="MARKUP",
    help="text, html, markdown, latex, rtf, typst, rst, org; docx or pdf with -o.",
)
locale = click.option(
    "--locale", metavar="LANG", help="Language of the references, e.g. de-DE; by default the style's."
)
select = click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Only these rules: codes or their beginnings, with commas.",
)
extend_select = click.option(
    "--extend-select", multiple=True, metavar="CODES", help="These rules too, such as those of house style."
)
ignore = click.option("--ignore", multiple=True, metavar="CODES", help="Not these rules.")
config = click.option(
    "--config",
    default="",
    metavar="FILE",
    help="Configuration; by default .pubkit.toml or [tool.pubkit] of pyproject.toml in the nearest folder.",
)
isolated = click.option("--isolated", is_flag=True, help="Read no configuration.")
key_pattern = click.option(
    "--key-pattern", metavar="PATTERN", help="Pattern of citation keys, e.g. '[auth:lower][year]'."
)
unsafe = click.option(
    "--unsafe-fixes/--no-unsafe-fixes",
    "unsafe",
    default=None,
    help="Do the repairs too that are guesses.",
)
diff = click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
dialect = click.option(
    "--dialect", type=click.Choice(["bibtex", "biblatex"]), help="Field names of a .bib output."
)
layout = click.option(
    "--layout",
    type=click.Choice(["tidy", "preserve"]),
    help="tidy rewrites a .bib; preserve keeps untouched entries byte for byte.",
)
ascii_ = click.option(
    "--ascii", "ascii_", is_flag=True, help="Write LaTeX macros instead of Unicode to a .bib."
)


def web(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of web sources."""
    mailto = click.option(
        "--mailto",
        default="",
        metavar="ADDRESS",
        envvar="PUBKIT_MAILTO",
        help="Your address, told to web sources so that they can write to you [PUBKIT_MAILTO].",
    )
    refresh = click.option(
        "--refresh", is_flag=True, help="Ask web sources anew instead of their kept answers."
    )
    return mailto(refresh(command))


def web_settings(given: dict[str, Any]) -> Settings:
    """Return the settings that the options of `web` name."""
    from pubkit.enrich.settings import Settings

    told = {"mailto": given["mailto"]} if given["mailto"] else {}
    return Settings(refresh=given["refresh"], **told)


def bib_to_bib(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every verb has that reads lists and writes one: how they are read, written and told about."""
    for option in (quiet, verbose, strict, ascii_, layout, dialect, lists, owner, reading):
        command = option(command)
    return command


def codes(values: tuple[str, ...]) -> list[str] | None:
    """Return the codes of a repeated, comma-separated option; None where it was not given.

    >>> codes(("T,N002", "P")), codes(())
    (['T', 'N002', 'P'], None)
    """
    found = [code.strip() for value in values for code in value.split(",") if code.strip()]
    return found or None
