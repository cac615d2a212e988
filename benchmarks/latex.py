r"""How fast LaTeX field source becomes Unicode: pubkit beside pylatexenc and latexcodec.

Run `python benchmarks/latex.py [FILE.bib]`; without a file it takes `bench/dblp-10k.bib` of the test data.
Values are taken by a regular expression, the same for all; each tool gets distinct values; the memo is
empty at the start of each run. The slow ones get a sample; figures are million characters of source per CPU
second.
"""

from __future__ import annotations

import codecs
import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pubkit.markup import latex
from pubkit.markup.latex import decode, reader

DATA = Path(__file__).parents[2] / "shared" / "data" / "bench" / "dblp-10k.bib"
SAMPLE = 60_000  # characters for the slow ones


def values(path: Path) -> list[str]:
    """Return the distinct braced values of a .bib, white space collapsed, addresses left out."""
    found = re.findall(
        r"^ *(?!url|doi|biburl|bibsource)[a-z]+ *= *\{(.*?)\},?$", path.read_text("utf-8"), re.M | re.S
    )
    return list(dict.fromkeys(" ".join(value.split()) for value in found))


def empty() -> None:
    decode._decode.cache_clear()
    decode._piece.cache_clear()
    reader._memo.cache_clear()


def speed(tool: Callable[[str], object], texts: list[str], rounds: int) -> float:
    """Return million characters per CPU second, the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        empty()
        start = time.process_time()
        for text in texts:
            tool(text)
        best = min(best, time.process_time() - start)
    return sum(map(len, texts)) / best / 1e6


def sample(texts: list[str]) -> list[str]:
    step = max(1, sum(map(len, texts)) // SAMPLE)
    return texts[::step]


def others() -> dict[str, Callable[[str], object]]:
    """Return the other decoders that are installed."""
    tools: dict[str, Callable[[str], object]] = {}
    try:
        decoder = importlib.import_module("pylatexenc.latex2text").LatexNodes2Text()
        tools["pylatexenc"] = decoder.latex_to_text
    except ImportError:
        print("pylatexenc is not installed: left out")
    try:
        importlib.import_module("latexcodec")
        tools["latexcodec"] = lambda text: codecs.decode(text, "ulatex")
    except ImportError:
        print("latexcodec is not installed: left out")
    return tools


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    texts = values(path)
    hard = [text for text in texts if "\\" in text]
    ordinary = [text for text in texts if not re.search(r"[\\{}$~`]|--|''", text)]
    print(f"{path.name}: {len(texts):,} values, {len(ordinary):,} ordinary, {len(hard):,} with a backslash")
    print(f"{'Mchar/s':<24}{'ordinary':>10}{'backslash':>11}{'all':>8}")
    ours = [speed(latex.to_text, group, 5) for group in (ordinary, hard, texts)]
    print(f"{'pubkit to_text':<24}{ours[0]:>10.1f}{ours[1]:>11.1f}{ours[2]:>8.1f}")
    trees = [speed(latex.parse, group, 3) for group in (ordinary, hard, texts)]
    print(f"{'pubkit parse (tree)':<24}{trees[0]:>10.1f}{trees[1]:>11.1f}{trees[2]:>8.1f}")
    for name, tool in others().items():
        theirs = [speed(tool, sample(group), 1) for group in (ordinary, hard, texts)]
        print(f"{name:<24}{theirs[0]:>10.2f}{theirs[1]:>11.2f}{theirs[2]:>8.2f}")
        ratios = [f"{mine / other:.0f}x" for mine, other in zip(ours, theirs, strict=True)]
        print(f"{'  pubkit is faster':<24}{ratios[0]:>10}{ratios[1]:>11}{ratios[2]:>8}")
    encoded = speed(latex.encode, hard_unicode := [latex.to_text(text) for text in hard], 3)
    print(f"encode to ASCII macros: {encoded:.1f} Mchar/s on {len(hard_unicode):,} values")


if __name__ == "__main__":
    main()
