"""Two lists of the same papers become one; each merge says why."""

import pubkit as pk

both = pk.normalize(pk.read("refs/papers.txt")) + pk.read("refs/papers.bib")
result = pk.dedupe(both)
print(f"{len(both)} entries, {len(result.library)} papers")
for group in result.groups:
    print(", ".join(group.keys), "—", "; ".join(group.reasons))
