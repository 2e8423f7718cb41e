"""Measuring side by side: the sides of a comparison run in turn, and their medians and ratios are told."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

Call = Callable[[], object]


@dataclass(frozen=True)
class Part:
    """One part of the results: its title, what was asked, a table, and what is to be said of it."""

    title: str
    question: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        lines = [" | ".join(cells) for cells in (self.head, ["---"] * len(self.head), *self.rows)]
        table = "\n".join(f"| {line} |" for line in lines)
        notes = "\n".join(f"* {note}" for note in self.notes)
        return "\n\n".join(block for block in (f"## {self.title}", self.question, table, notes) if block)


@dataclass(frozen=True)
class Aim:
    """A ratio that was aimed at, and whether it was met; `why` is told where it was not."""

    what: str
    found: float
    least: float
    most: float = float("inf")
    why: str = ""

    def __str__(self) -> str:
        wanted = f"at least {self.least:g}" if self.most == float("inf") else f"at most {self.most:g}"
        met = "met" if self.least <= self.found <= self.most else ": ".join(filter(None, ["**missed**", self.why]))
        return f"{self.what}: {self.found:.2f}, aim {wanted}: {met}"


@dataclass(frozen=True)
class Comparison:
    """A part of the results, and the aims that it answers."""

    part: Part
    aims: list[Aim]


def medians(sides: Mapping[str, Call], repeats: int) -> dict[str, float]:
    """The median seconds of each side; the sides run in turn, `repeats` times."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(repeats):
        for name, call in sides.items():
            times[name].append(seconds(call))
    return {name: statistics.median(found) for name, found in times.items()}


def seconds(call: Call) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def command(*words: object, **environment: str) -> None:
    """Run a command quietly.

    Raises:
        CalledProcessError: it failed.
    """
    subprocess.run([str(word) for word in words], check=True, capture_output=True, env={**os.environ, **environment})


def proportional(process: int) -> float:
    """The memory of a process in MB, what it shares divided among those that share it (PSS)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def machine() -> str:
    """The machine and the versions that were measured, as a sentence."""
    processor = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("papermill", "ipykernel", "jupyter-book", "distributed")
    )
    return (
        f"{cores} cores ({processor}), load {load:.1f} before the start, Linux {platform.release()}, "
        f"Python {platform.python_version()}, {packages}."
    )
