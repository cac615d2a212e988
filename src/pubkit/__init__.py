"""pubkit: read a publication list in any form, clean it, and print it in any citation style."""

from __future__ import annotations

__version__ = "0.1.0"
