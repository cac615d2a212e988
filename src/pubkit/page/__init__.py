"""The publications page: one HTML file that needs nothing else."""

from __future__ import annotations

from pubkit.page.build import build

__all__ = ["build"]
