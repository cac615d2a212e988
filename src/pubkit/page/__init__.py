"""The publications page: one HTML file that needs nothing else."""

from __future__ import annotations

from pubkit.page.build import DOWNLOADS, page
from pubkit.page.site import Site
from pubkit.page.words import languages
from pubkit.verbs import make_callable

__all__ = ["DOWNLOADS", "Site", "languages", "page"]

make_callable(__name__)
