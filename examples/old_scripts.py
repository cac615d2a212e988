"""Scripts written for bibtexparser or pybtex keep working: hand libraries over, both ways."""

import pubkit as pk

library = pk.read("refs/papers.bib")
theirs = pk.to_bibtexparser(library)
print(theirs.entries_dict["ong2025routellm"]["title"])
assert pk.from_bibtexparser(theirs).entries == library.entries

database = pk.to_pybtex(library)
print(database.entries["ong2025routellm"].persons["author"][0])
assert pk.from_pybtex(database).entries == library.entries
