"""Text as such: folding for matching, numerals, letter case, collation."""
