"""Every exception that pubkit raises, in one tree.

```
PubkitError
├── ReadError           UnknownFormatError · ParseError · EncodingError · LimitError
├── WriteError
├── FieldError
├── DuplicateKeyError
├── StyleError          StyleNotFoundError · LocaleNotFoundError · StyleSyntaxError
├── SourceError         SourceUnavailableError · RateLimitedError · RecordNotFoundError
├── ConfigError
└── PluginError
```

Bad *data* does not raise: it becomes a `Diagnostic`. Bad *use* raises one of these. Each message reads
"what is wrong; what to do".
"""

from __future__ import annotations


class PubkitError(Exception):
    """The root of the tree: catch this one to catch them all.

    Args:
        message: What is wrong, in one clause.
        hint: What the user can do about it, in one clause.
        where: File, line or name that the message is about.
    """

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message, hint, where)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}; {self.hint}" if self.hint else text


class ReadError(PubkitError):
    """An input could not be read at all."""


class UnknownFormatError(ReadError):
    """Neither the name nor the content of an input tells its format, or a format name is not known."""


class ParseError(ReadError):
    """With `strict=True`: the first error-level diagnostic of an input."""


class EncodingError(ReadError):
    """The bytes of an input are not text, or not text in the encoding that was asked for."""


class LimitError(ReadError):
    """An input is larger or deeper than the stated limit."""


class WriteError(PubkitError):
    """An output could not be written, or exists already and overwriting was not asked for."""


class FieldError(PubkitError):
    """A field name or value that an entry cannot hold."""


class DuplicateKeyError(PubkitError):
    """Two entries of one citation key where the output allows only one."""


class StyleError(PubkitError):
    """A citation style or locale cannot be used."""


class StyleNotFoundError(StyleError):
    """No style has this id, title or alias."""


class LocaleNotFoundError(StyleError):
    """No CSL locale has this name."""


class StyleSyntaxError(StyleError):
    """A `.csl` file is not XML, not CSL 1.0, or contradicts itself; `where` holds file and line."""


class SourceError(PubkitError):
    """A metadata source failed."""


class SourceUnavailableError(SourceError):
    """A metadata source did not answer, or answered with something else than records."""


class RateLimitedError(SourceError):
    """A metadata source asked us to slow down for longer than we may wait."""


class RecordNotFoundError(SourceError):
    """A metadata source has no such record."""


class ConfigError(PubkitError):
    """A configuration file cannot be read, or says something that pubkit does not know."""


class PluginError(PubkitError):
    """A plug-in or an optional dependency is missing or failed to load."""
