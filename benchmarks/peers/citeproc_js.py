"""Runs citeproc-js (npm, a benchmark dependency only) on CSL-JSON items."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent
#: Where npm puts the package: outside the tree, so that nothing of it can be committed.
HOME = Path(tempfile.gettempdir()) / "pubkit-peers"


@dataclass(frozen=True)
class Run:
    """What citeproc-js made of a list in one style; times are CPU seconds, memory bytes."""

    style: str
    load: float
    run: float
    rss: int
    entries: tuple[tuple[str, str], ...]


def available() -> str:
    """Return "" where citeproc-js can run, else why not."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node and npm are not installed"
    if not (HOME / "node_modules/citeproc").is_dir():
        HOME.mkdir(exist_ok=True)
        shutil.copy(FOLDER / "package.json", HOME)
        install = subprocess.run(
            ["npm", "install", "--silent"], cwd=HOME, capture_output=True, text=True, check=False
        )
        if install.returncode:
            return f"npm install failed: {install.stderr.strip()}"
    return ""


def run(items: Path, styles: list[Path], *, to: str = "text", cite: bool = False) -> list[Run]:
    """Format all items of a CSL-JSON file in each style, each in its own default locale."""
    package = find_spec("citeproc")
    assert package is not None and package.submodule_search_locations
    locales = Path(package.submodule_search_locations[0]) / "data/locales"
    job = {
        "items": str(items),
        "locales": str(locales),
        "styles": [str(style) for style in styles],
        "format": to,
        "cite": cite,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(job, file)
        file.flush()
        # The script is read from here; its require() must find node_modules beside it.
        shutil.copy(FOLDER / "citeproc_js.mjs", HOME)
        done = subprocess.run(
            ["node", str(HOME / "citeproc_js.mjs"), file.name], capture_output=True, text=True, check=True
        )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        Run(
            Path(one["style"]).stem,
            one["load"],
            one["run"],
            one["rss"],
            tuple((str(key), text) for key, text in one["entries"]),
        )
        for one in found
    ]
