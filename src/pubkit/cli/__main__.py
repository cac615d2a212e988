"""`python -m pubkit.cli` is `pubkit`."""

from __future__ import annotations

from pubkit.cli import main

if __name__ == "__main__":
    main()
