"""What single databases write into RIS in tags of their own, in the usual tags."""

from __future__ import annotations

import re

from pubkit.crosswalks.date_forms import date_source

# Tags of Web of Science's tagged text, which its RIS has too; its own abbreviation and addresses say nothing.
_WOS = {"PU": "PB", "PI": "CY", "JI": "J2"}
_WOS_SILENT = ("J9", "PA", "WE")
_COCHRANE = {"NO": "IS", "US": "UR"}
_PUBMED = re.compile(r"PUBMED ([0-9]{1,8})\b")


def as_usual(values: dict[str, list[str]]) -> None:
    """Put the tags that Web of Science and the Cochrane Library have alone into the usual ones, in place.

    >>> values = {"AN": ["WOS:1"], "PU": ["ELSEVIER"], "PD": ["DEC 15"], "PY": ["2018"]}
    >>> as_usual(values)
    >>> values
    {'AN': ['WOS:1'], 'PY': ['2018'], 'PB': ['ELSEVIER'], 'DA': ['2018-12-15']}
    """
    number = values.get("AN", [""])[0]
    if number.startswith("WOS:"):
        _rename(values, _WOS)
        for tag in _WOS_SILENT:
            values.pop(tag, None)
        if "PD" in values and "PY" in values and (date := date_source(values["PD"][0], values["PY"][0])):
            del values["PD"]
            values.setdefault("DA", []).append(date)
    elif number.startswith("CN-"):
        _rename(values, _COCHRANE)
        told = [text for tag in ("XR", "C3") for text in values.get(tag, ())]
        if found := _PUBMED.search(" ".join(told)):
            values.setdefault("U1", []).append(f"{found[1]}[pmid]")
            if values.get("XR") == [found[0]]:
                del values["XR"]


def _rename(values: dict[str, list[str]], names: dict[str, str]) -> None:
    for tag, usual in names.items():
        if tag in values and usual not in values:
            values[usual] = values.pop(tag)
