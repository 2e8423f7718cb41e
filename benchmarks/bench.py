"""`make bench`: all comparisons side by side in one go, told in results.md.

Name some to run only these, without writing: `python benchmarks/bench.py rerun memory`.
"""

from __future__ import annotations

import os
import shutil
import sys
import time

import comparisons
from execution import ROOT, WORK
from measure import machine

RESULTS = ROOT / "benchmarks" / "results.md"
HEAD = """# Results of the benchmarks

Written by `make bench`; [README](README.md) says what is compared. Seconds are medians of the sides run in turn;
"times" is how many times faster than the first row of its group.

"""


def main(names: list[str]) -> None:
    """Run the comparisons, and write what was found if all of them ran."""
    os.environ["PYTHONHASHSEED"] = "0"
    described, begun = machine(), time.monotonic()
    chosen = [one for one in comparisons.ALL if not names or one.__name__ in names]
    found = []
    for one in chosen:
        found.append(one())
        print(found[-1].part, *map(str, found[-1].aims), sep="\n\n", end="\n\n", flush=True)
    shutil.rmtree(WORK, ignore_errors=True)
    if not names:
        aims = "\n".join(f"* {aim}" for comparison in found for aim in comparison.aims)
        took = f"The whole run took {(time.monotonic() - begun) / 60:.0f} minutes."
        parts = "\n\n".join(str(comparison.part) for comparison in found)
        RESULTS.write_text(f"{HEAD}{described} {took}\n\n## Aims\n\n{aims}\n\n{parts}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
