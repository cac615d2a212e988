"""Sphinx configuration: `make docs`."""

from pubkit import __version__

project = "pubkit"
author = "The pubkit authors"
copyright = "2026, The pubkit authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"pubkit {release}"
autodoc_typehints = "description"
autodoc_member_order = "bysource"
suppress_warnings = ["misc.highlighting_failure"]  # console blocks with Unicode prompts
