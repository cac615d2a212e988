"""Months and seasons by name, and what people write in a `month` field."""

from __future__ import annotations

import re

# The macros that every BibTeX style defines, and what they print unless a style says otherwise.
MONTH_MACROS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September",
    "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
MONTHS = tuple(MONTH_MACROS)
# English names of EDTF's season numbers.
SEASON_NAMES = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}

# Full names by language ("pl of": as after a day); English abbreviations are any prefix of three letters or
# more.
_NAMES = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "pl of": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ),
    "cs": "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ru of": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "fi": (
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu "
        "marraskuu joulukuu"
    ),
    "hu": (
        "január február március április május június július augusztus szeptember október november december"
    ),
    "ro": (
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"
    ),
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
}
# Other spellings, and names that lost their accents on the way.
_MORE = {
    "jänner": 1, "fevrier": 2, "maerz": 3, "mrz": 3, "marco": 3, "aout": 8,
    "okt": 10, "decembre": 12, "dez": 12,
}  # fmt: skip
# EDTF's numbers for seasons.
_SEASONS = {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
    "frühling": 21, "frühjahr": 21, "sommer": 22, "herbst": 23,
    "printemps": 21, "été": 22, "automne": 23, "hiver": 24,
}  # fmt: skip


def _number_table() -> dict[str, int]:
    table: dict[str, int] = {}
    for names in _NAMES.values():
        for number, name in enumerate(names.split(), 1):
            table[name] = number
    for number, name in enumerate(_NAMES["en"].split(), 1):
        for length in range(3, len(name)):
            table[name[:length]] = number
    return {**table, **_MORE, **_SEASONS}


_NUMBERS = _number_table()


def month_number(word: str) -> int | None:
    """Return the number of a month (1–12) or season (21–24) by its name, abbreviation or number.

    >>> [month_number(word) for word in ("Sept.", "März", "07", "Fall", "3月")]
    [9, 3, 7, 23, 3]
    """
    word = word.strip().rstrip(".月월").casefold()  # Chinese, Japanese and Korean number their months
    if word.isascii() and word.isdigit():
        number = int(word) if len(word) <= 2 else 0
        return number if 1 <= number <= 12 or 21 <= number <= 24 else None
    return _NUMBERS.get(word)


_PIECE = re.compile(r"[^\W\d_]+\.?|[0-9]+|[-–—/]+|&|#")

MonthDay = tuple[int, int | None]


def read_month_field(month: str, day: str = "") -> tuple[MonthDay | None, MonthDay | None]:
    """Read a `month` field, which may hold a day or a range too, as in `jan # "~10"` or "May--June".

    Args:
        month: The field's text, macros resolved or not.
        day: The text of the `day` field.

    Returns:
        The start and the end as (month or season, day or None); (None, None) where it cannot be read.

    >>> read_month_field('jan # "~10"')
    ((1, 10), None)
    >>> read_month_field("May/June"), read_month_field("March 3--5")
    (((5, None), (6, None)), ((3, 3), (3, 5)))
    """
    whole = month_number(month.strip('{}" '))
    if whole is None and not day:
        return _read_pieces(_PIECE.findall(month))
    if whole is None:
        return _read_pieces(_PIECE.findall(month)) if _PIECE.search(month) else (None, None)
    days = re.findall(r"[0-9]{1,2}", day)
    start = (whole, int(days[0]) if days else None)
    return start, ((whole, int(days[1])) if len(days) > 1 else None)


def _read_pieces(pieces: list[str]) -> tuple[MonthDay | None, MonthDay | None]:
    """Read words, numbers and dashes: at most two months and two days, a dash, slash or "and" between."""
    sides: list[tuple[list[int], list[int]]] = [([], [])]  # months and days on each side of the dash
    for piece in pieces:
        if piece in ("#", "~") or piece.casefold() in ("st", "nd", "rd", "th", "of", "den"):
            continue
        if piece[0] in "-–—/&" or piece.casefold() in ("and", "to", "und", "et"):
            sides.append(([], []))
        elif piece[0] in "0123456789":
            if len(piece) > 2:
                return None, None
            sides[-1][1].append(int(piece))
        else:
            number = month_number(piece)
            if number is None:
                return None, None
            sides[-1][0].append(number)
    if len(sides) > 2 or any(len(months) > 1 or len(days) > 1 for months, days in sides):
        return None, None
    (months, days), (end_months, end_days) = sides[0], sides[1] if len(sides) > 1 else ([], [])
    if not months and not end_months and days and end_days and not any(d > 12 for d in days + end_days):
        return (days[0], None), (end_days[0], None)  # "5--6": two months
    start_month = months or end_months
    if not start_month:
        return None, None
    start = (start_month[0], days[0] if days else None)
    if len(sides) == 1:
        return start, None
    return start, ((end_months or start_month)[0], end_days[0] if end_days else None)
