"""`python -m pubkit` is the command `pubkit`."""

from pubkit.cli import main

if __name__ == "__main__":
    main()
