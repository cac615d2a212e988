"""Rich text: one inline tree, its readers (LaTeX, HTML) and its writers."""
