"""Languages by the names that BibLaTeX's `langid` and `language` take, and their BCP 47 tags."""

from __future__ import annotations

import re

# Names of babel and polyglossia, the usual one of each tag first.
LANGUAGES: dict[str, str] = {
    "afrikaans": "af", "arabic": "ar", "armenian": "hy", "basque": "eu", "bulgarian": "bg", "catalan": "ca",
    "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "australian": "en-AU", "canadian": "en-CA", "newzealand": "en-NZ", "estonian": "et", "farsi": "fa",
    "persian": "fa", "finnish": "fi", "french": "fr", "francais": "fr", "acadian": "fr-CA",
    "canadien": "fr-CA", "galician": "gl", "german": "de", "ngerman": "de", "austrian": "de-AT",
    "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH", "greek": "el",
    "polutonikogreek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "magyar": "hu",
    "icelandic": "is", "irish": "ga", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "latin": "la", "latvian": "lv", "lithuanian": "lt", "norsk": "nb", "norwegian": "nb", "nynorsk": "nn",
    "polish": "pl", "portuguese": "pt", "portuges": "pt", "brazilian": "pt-BR", "brazil": "pt-BR",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "slovene": "sl", "slovenian": "sl",
    "spanish": "es", "mexican": "es-MX", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk",
    "vietnamese": "vi", "welsh": "cy",
    "albanian": "sq", "amharic": "am", "asturian": "ast", "azerbaijani": "az", "belarusian": "be",
    "bengali": "bn", "bosnian": "bs", "breton": "br", "coptic": "cop", "divehi": "dv", "esperanto": "eo",
    "friulian": "fur", "friulan": "fur", "gaelic": "gd", "scottish": "gd", "georgian": "ka",
    "interlingua": "ia", "kannada": "kn", "kazakh": "kk", "khmer": "km", "kurmanji": "kmr", "lao": "lo",
    "lowersorbian": "dsb", "lsorbian": "dsb", "uppersorbian": "hsb", "usorbian": "hsb",
    "luxembourgish": "lb", "macedonian": "mk", "malay": "ms", "malayalam": "ml", "marathi": "mr",
    "mongolian": "mn", "nko": "nqo", "occitan": "oc", "piedmontese": "pms", "punjabi": "pa",
    "romansh": "rm", "sami": "se", "samin": "se", "northernsami": "se", "sanskrit": "sa", "syriac": "syr",
    "tamil": "ta", "telugu": "te", "tibetan": "bo", "turkmen": "tk", "urdu": "ur", "uyghur": "ug",
    "swissfrench": "fr-CH", "swissitalian": "it-CH", "ancientgreek": "grc", "bahasa": "id", "indon": "id",
    "bahasam": "ms", "meyalu": "ms", "germanb": "de", "frenchb": "fr", "italiano": "it", "serbianc": "sr",
}  # fmt: skip
#: Tag → name.
LANGUAGE_NAMES: dict[str, str] = {tag: name for name, tag in reversed(LANGUAGES.items())}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_tag(name: str) -> str:
    """Return the BCP 47 tag of a language name; a tag stays one; "" for what is neither.

    >>> language_tag("ngerman"), language_tag("langrussian"), language_tag("pt_BR"), language_tag("Klingon!")
    ('de', 'ru', 'pt-BR', '')
    """
    key = name.strip().lower().replace(" ", "")
    if tag := LANGUAGES.get(key) or LANGUAGES.get(key.removeprefix("lang")):
        return tag
    name = name.strip().replace("_", "-")
    return name if _TAG.fullmatch(name) else ""
