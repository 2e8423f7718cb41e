"""`make bench`: all comparisons side by side in one go, told in results.md.

Name some to run only these, without writing: `python benchmarks/bench.py rerun memory`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time

import comparisons
from execution import ROOT, WORK
from measure import machine

RESULTS = ROOT / "benchmarks" / "results.md"
HEAD = """# Results of the benchmarks

Written by `make bench`; [README](README.md) says what is compared. Seconds are medians of the sides run in turn;
"times" is how many times faster than the first row of its group.

"""


ALL = {one.__name__: one for one in comparisons.ALL}


def main(names: list[str]) -> None:
    """Run the comparisons of these names, or all of them, which writes what was found."""
    os.environ["PYTHONHASHSEED"] = "0"
    described, begun = machine(), time.monotonic()
    found = []
    for name in names or ALL:
        found.append(ALL[name]())
        print(found[-1].part, *map(str, found[-1].aims), sep="\n\n", end="\n\n", flush=True)
    shutil.rmtree(WORK, ignore_errors=True)
    if not names:
        aims = "\n".join(f"* {aim}" for comparison in found for aim in comparison.aims)
        took = f"The whole run took {(time.monotonic() - begun) / 60:.0f} minutes."
        parts = "\n\n".join(str(comparison.part) for comparison in found)
        RESULTS.write_text(f"{HEAD}{described} {took}\n\n## Aims\n\n{aims}\n\n{parts}\n", encoding="utf-8")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", help=f"of comparisons, all by default: {', '.join(ALL)}")
    given = options.parse_args().names
    if unknown := ", ".join(name for name in given if name not in ALL):
        options.error(f"no comparison {unknown}; there are {', '.join(ALL)}")
    main(given)
