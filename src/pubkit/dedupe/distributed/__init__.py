"""Tables that do not fit into memory, or not onto one machine.

`plan` is the order of the stages, `stages` and `merging` what they do to a part of a table, and there is one
file an engine: `duckdb` (one machine, bounded memory) and `spark` (a cluster).
"""
