"""Start-up: fresh processes for `import pubkit` and `pubkit --version`, medians of wall and CPU time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

RUNS = 20
JOBS = {
    "python alone": [sys.executable, "-c", "pass"],
    "import pubkit": [sys.executable, "-c", "import pubkit"],
    "pubkit --version": [sys.executable, "-m", "pubkit", "--version"],
}


def measure(command: list[str]) -> tuple[float, float]:
    """Return the medians of wall and CPU time of a command, in milliseconds."""
    walls, cpus = [], []
    for _ in range(RUNS):
        before, started = os.times(), time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        walls.append(time.perf_counter() - started)
        after = os.times()
        cpus.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return statistics.median(walls) * 1000, statistics.median(cpus) * 1000


def main() -> None:
    print("| job | wall, ms | CPU, ms | above python alone, ms |")
    print("|---|---|---|---|")
    alone = 0.0
    for name, command in JOBS.items():
        wall, cpu = measure(command)
        alone = alone or wall
        print(f"| {name} | {wall:.0f} | {cpu:.0f} | {wall - alone:.0f} |")


if __name__ == "__main__":
    main()
