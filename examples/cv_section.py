"""The publications section of a CV: grouped by year, own name marked."""

import pubkit as pk

library = pk.read("refs/papers.bib")
print(pk.format(library, style="acm", to="markdown", highlight="Tianhao Wu", group_by="year"))
