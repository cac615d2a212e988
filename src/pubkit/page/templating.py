"""The templates: ours, and a user's in front of them."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pubkit.errors import WriteError

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@lru_cache(maxsize=8)
def environment(folder: str | None = None) -> Environment:
    """Return the environment of the templates, with escaping on and no way out of the sandbox.

    Args:
        folder: A folder whose files stand in front of ours of the same name. A template there can extend ours
            by its full name: `{% extends "pubkit/page.html.j2" %}`.

    Raises:
        WriteError: There is no such folder.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    own = PackageLoader("pubkit.page", "templates")
    loaders = [own, PrefixLoader({"pubkit": own})]
    if folder is not None:
        if not Path(folder).is_dir():
            raise WriteError("there is no such folder of templates", hint="check its name", where=folder)
        loaders.insert(0, FileSystemLoader(folder))
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(env: Environment, name: str, **values: object) -> str:
    """Fill a template; what is wrong with a user's own becomes our error.

    Raises:
        WriteError: The template is broken, or asks for something that it does not get.
    """
    from jinja2 import TemplateError

    try:
        return env.get_template(name).render(**values).rstrip("\n") + "\n"
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{getattr(error, 'filename', None) or name}" + (f":{line}" if line else "")
        raise WriteError(
            f"the template cannot be filled ({error})", hint="compare it with pubkit's own", where=where
        ) from error


def asset(env: Environment, name: str) -> str:
    """Return the text of a style sheet or script as it stands."""
    if env.loader is None:
        raise WriteError("the environment was made without a loader", hint="use templating.environment")
    return env.loader.get_source(env, name)[0]


def trusted(text: str) -> Markup:
    """Mark a style sheet, a script or JSON as HTML; none of them may end its own element.

    Raises:
        WriteError: The text holds "</" or "<!--", which HTML would read as an end or a comment.
    """
    from markupsafe import Markup

    if "</" in text or "<!--" in text:
        raise WriteError(
            "a style sheet or script holds '</' or '<!--'", hint="write it apart, such as '<\\/'"
        )
    return Markup(text)  # noqa: S704  # it can end no element


def policy(css: str, script: str) -> str:
    """Return the Content-Security-Policy that allows exactly this style sheet and script, and no request."""
    parts = [
        "default-src 'none'",
        f"style-src '{_hash(css)}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if script:
        parts.insert(2, f"script-src '{_hash(script)}'")
    return "; ".join(parts)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
