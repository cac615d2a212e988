"""Run bib-dedupe on rows of CSV: `python duplicates.py FILE`, in an environment of its own.

Prints CPU seconds and, one group a line, the ids that it found to be one publication.
"""

from __future__ import annotations

import json
import sys
import time

import pandas as pd
from bib_dedupe.bib_dedupe import block, cluster, match, prep


def main(path: str) -> None:
    """Find the duplicates in a file."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    meeting = rows["type"] == "inproceedings"
    rows = rows.rename(columns={"id": "ID", "type": "ENTRYTYPE"})
    rows["journal"], rows["booktitle"] = rows["venue"].mask(meeting, ""), rows["venue"].where(meeting, "")
    rows = rows.drop(columns=["venue", "source", "dup_id", "work_id"], errors="ignore")
    start = time.process_time()
    prepared = prep(rows, verbosity_level=0, cpu=1)
    groups = cluster(match(block(prepared, verbosity_level=0, cpu=1), verbosity_level=0, cpu=1))
    print(json.dumps({"seconds": time.process_time() - start, "groups": groups}))


main(sys.argv[1])
