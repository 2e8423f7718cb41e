"""How much longer does a simulation of growth paths take than drawing its random numbers alone?

Run: `python benchmarks/montecarlo.py`, with the package installed. Both sides run in turn in one process, on the
same seed, with the same numbers in the same blocks. The simulation includes the quantiles of every year and the
probability of a target. Peak memory is that of the process, and of what one simulation allocates.
"""

from __future__ import annotations

import resource
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np

from promotion_book.scenarios.montecarlo import BLOCK, Simulation, resample, simulate
from promotion_book.scenarios.probability import LogGrowth

PATHS, YEARS, REPEATS, SEED = 1_000_000, 10, 15, 1
LEVELS = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95]
OBSERVED = [0.02, 0.09, 0.05, 0.11, 0.03]
Draw = Callable[[np.random.Generator, int], object]
SIDES: dict[str, tuple[Draw, Callable[[], Simulation]]] = {
    "assumed growth": (
        lambda rng, paths: rng.standard_normal((YEARS, paths)),
        lambda: simulate(450, YEARS, LogGrowth(0.06, 0.05), PATHS, SEED),
    ),
    "estimated growth": (
        lambda rng, paths: (rng.chisquare(4, paths), rng.standard_normal((YEARS + 1, paths))),
        lambda: simulate(450, YEARS, LogGrowth(0.06, 0.05, observed=5), PATHS, SEED),
    ),
    "resampled growth": (
        lambda rng, paths: rng.integers(len(OBSERVED), size=(YEARS, paths), dtype=np.uint16),
        lambda: resample(450, YEARS, OBSERVED, PATHS, SEED),
    ),
}


def drawing(draw: Draw) -> None:
    """Draw the random numbers of all paths, block by block, and drop them."""
    rng = np.random.default_rng(SEED)
    for first in range(0, PATHS, BLOCK):
        draw(rng, min(BLOCK, PATHS - first))


def simulation(run: Callable[[], Simulation]) -> None:
    """Simulate all paths and take what a chapter takes from them."""
    found = run()
    found.quantiles(LEVELS)
    found.reaching(550, 3)


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def allocated(call: Callable[[], object]) -> float:
    """The peak of what a call allocates, in MB."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    """Print a line a kind of growth: seconds of both sides, their ratio in best and median, and memory."""
    print(f"{PATHS:,} paths of {YEARS} years, {REPEATS} repeats, numpy {np.__version__}")
    print(f"{'':18}{'drawing s':>16}{'simulation s':>16}{'ratio':>16}{'MB':>6}")
    print(f"{'':18}{'best   median':>16}{'best   median':>16}{'best   median':>16}")
    for name, (draw, run) in SIDES.items():
        calls = partial(drawing, draw), partial(simulation, run)
        times = np.array([[seconds(call) for call in calls] for _ in range(REPEATS)])
        rows = np.array([times.min(axis=0), np.median(times, axis=0)]).T
        columns = [*rows, rows[1] / rows[0]]
        print(f"{name:18}" + "".join(f"{b:8.3f}{m:8.3f}" for b, m in columns) + f"{allocated(calls[1]):6.1f}")
    print(f"peak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


if __name__ == "__main__":
    main()
