"""Two-way tables between BibLaTeX entries and other schemas; each reports what it could not carry."""
