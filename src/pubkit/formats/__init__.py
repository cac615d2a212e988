"""File formats: each reads a document to a library and writes a library to text. They do not know each other."""
