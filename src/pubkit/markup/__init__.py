"""Rich text: one inline tree, its readers (LaTeX, HTML, CSL-JSON) and its writers."""
