"""From a paper list to its .bib, its formatted lists and its page."""

import pubkit as pk

published = pk.publish("refs/papers.txt", "out", owner="Tianhao Wu", force=True)
print(len(published.result.library), "papers")
for what, file in published.files.items():
    print(what, "→", file)
