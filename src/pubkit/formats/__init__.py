"""File formats: each reads a document to a library and writes a library to text; none knows another."""
