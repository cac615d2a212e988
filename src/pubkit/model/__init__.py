"""What a bibliography is made of: entries, libraries, names, dates, pages, identifiers."""
