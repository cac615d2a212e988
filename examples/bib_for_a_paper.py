"""A .bib with some entries of a library, in the form a journal's template takes."""

import pubkit as pk

library = pk.read("refs/papers.bib")
cited = library.select(lambda entry: entry.key in {"wu2025meta", "ong2025routellm"})
pk.write(cited, "paper.bib", dialect="bibtex", ascii=True)
print(open("paper.bib", encoding="utf-8").read())  # noqa: PTH123, SIM115  # plain on purpose
