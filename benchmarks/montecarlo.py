"""How much longer does a simulation of growth paths take than drawing its random numbers alone?

Both sides run in turn in one process, on the same seed, with the same numbers in the same blocks. The simulation
includes the quantiles of every year and the probability of a target.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial

import numpy as np
from measure import Aim, Comparison, Part, medians

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


def allocated(call: Callable[[], object]) -> float:
    """The peak of what a call allocates, in MB."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def paths() -> Comparison:
    """Simulated growth paths against drawing their random numbers alone."""
    rows, aims = [], []
    for name, (draw, run) in SIDES.items():
        simulate_all = partial(simulation, run)
        times = medians({"drawing": partial(drawing, draw), "simulation": simulate_all}, REPEATS)
        ratio = times["simulation"] / times["drawing"]
        told = (f"{times['drawing']:.3f}", f"{times['simulation']:.3f}", f"{ratio:.2f}")
        rows.append((name, *told, f"{allocated(simulate_all):.1f}"))
        drawn, rest = (1e9 * t / PATHS / YEARS for t in (times["drawing"], times["simulation"] - times["drawing"]))
        why = f"drawing takes {drawn:.1f} ns a path and year, compounding and quantiles {rest:.1f} ns"
        aims.append(Aim(f"simulation against drawing its numbers: {name}", ratio, 0, 2, why))
    question = (
        f"{PATHS:,} paths of {YEARS} years with seven quantiles of each year and one probability, against drawing "
        "the same random numbers in the same blocks. Memory is what one simulation allocates at its peak."
    )
    head = ("Growth", "Drawing, s", "Simulation, s", "Ratio", "MB")
    return Comparison(Part("Simulated growth paths", question, head, rows), aims)
