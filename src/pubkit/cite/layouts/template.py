"""A user's document around the list, as a Jinja template of any text format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pubkit.cite.layouts.parts import Section
from pubkit.errors import StyleError
from pubkit.markup.writers import WRITERS


def fill(template: Path, publications: str, sections: Sequence[Section], to: str) -> str:
    """Return a template filled with a list.

    Args:
        template: A file with `{{ publications }}` where the list goes; or a loop over `sections`, each with a
            `heading` and `references`, which are texts in the output format.
        publications: The list as laid out.
        sections: The list.
        to: The output format.

    Raises:
        StyleError: The template cannot be read or filled, or takes no list.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    try:
        source = template.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StyleError(
            f"the template cannot be read ({error})", hint="give a text file in UTF-8", where=str(template)
        ) from error
    if "publications" not in source and "sections" not in source:
        raise StyleError(
            "the template has no place for the list", hint="write {{ publications }}", where=str(template)
        )
    # Everything put in was escaped by the writer of the format.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the list was escaped by the writer of its format
        **_DELIMITERS.get(to, {}),
    )
    write = WRITERS[to]
    try:
        return environment.from_string(source).render(
            publications=publications,
            sections=[
                {
                    "heading": write((section.heading,)) if section.heading else "",
                    "references": [write(one.rich) for one in section.references],
                }
                for section in sections
            ],
        )
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise StyleError(
            f"the template cannot be filled ({error})",
            hint="it gets publications and sections",
            where=f"{template}:{line}" if line else str(template),
        ) from error


# In LaTeX and Typst "{%" and "{#" occur by themselves.
_DELIMITERS: dict[str, dict[str, str]] = {
    to: {
        "block_start_string": "<%",
        "block_end_string": "%>",
        "comment_start_string": "<#",
        "comment_end_string": "#>",
    }
    for to in ("latex", "typst")
}
