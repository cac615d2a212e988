"""Language names of BibLaTeX's `langid` as the tags that HTML's `lang` takes."""

from __future__ import annotations

import re

# babel and polyglossia names; a value that already looks like a tag ("pt-BR") is kept.
_TAGS = {
    "american": "en-US", "arabic": "ar", "australian": "en-AU", "austrian": "de-AT", "basque": "eu",
    "brazil": "pt-BR", "brazilian": "pt-BR", "british": "en-GB", "bulgarian": "bg", "canadian": "en-CA",
    "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "estonian": "et", "finnish": "fi", "french": "fr", "galician": "gl", "german": "de",
    "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "icelandic": "is", "irish": "ga",
    "italian": "it", "japanese": "ja", "korean": "ko", "latin": "la", "latvian": "lv", "lithuanian": "lt",
    "mexican": "es-MX", "naustrian": "de-AT", "newzealand": "en-NZ", "ngerman": "de", "norsk": "nb",
    "norwegian": "no", "nswissgerman": "de-CH", "nynorsk": "nn", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "slovene": "sl",
    "slovenian": "sl", "spanish": "es", "swedish": "sv", "swissgerman": "de-CH", "thai": "th",
    "turkish": "tr", "ukrainian": "uk", "ukenglish": "en-GB", "usenglish": "en-US", "vietnamese": "vi",
    "welsh": "cy",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_tag(langid: str) -> str:
    """Return the BCP 47 tag of a `langid`, or "" where it is not known.

    >>> language_tag("ngerman"), language_tag("pt-BR"), language_tag("Klingon (tlh)")
    ('de', 'pt-BR', '')
    """
    name = langid.strip().lower()
    if name in _TAGS:
        return _TAGS[name]
    return langid.strip() if _TAG.fullmatch(langid.strip()) else ""
