"""Figures of docs/benchmarks.md; `python -m benchmarks`."""
