"""Timing by turns: every subject once a round, the first one rotating, medians of the rounds.

Processor time and wall clock are both taken; of a program in a process of its own, that process's.
"""

import gc
import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Self


@dataclass(frozen=True, slots=True)
class Sample:
    """What one run took, in seconds."""

    cpu: float
    wall: float

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.cpu + other.cpu, self.wall + other.wall)


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of the rounds, with the lowest and the highest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Return the spread of at least one value."""
        return cls(median(values), min(values), max(values))

    def scaled(self, factor: float) -> "Spread":
        """Return the same spread in another unit."""
        return Spread(self.median * factor, self.low * factor, self.high * factor)


Samples = list[Sample]


def timed(work: Callable[[], object]) -> Sample:
    """Run something in this process once."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Sample(time.process_time() - cpu, time.perf_counter() - wall)


def timed_with_children(work: Callable[[], object]) -> Sample:
    """Run something in this process once, with the processor time of what it starts and awaits."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = timed(work)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(own.cpu + theirs, own.wall)


def spawned(command: Sequence[str], env: Mapping[str, str], cwd: str | None = None) -> Sample:
    """Run a program once and wait for it. Raises ``RuntimeError`` when it fails."""
    wall = time.perf_counter()
    child = subprocess.Popen(
        command, env=dict(env), cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert child.stderr is not None
    printed = child.stderr.read()
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)}: {printed.decode(errors='replace')}")
    return Sample(usage.ru_utime + usage.ru_stime, time.perf_counter() - wall)


def by_turns(
    subjects: Mapping[str, Callable[[], Sample]], rounds: int, *, warm: bool = True
) -> dict[str, Samples]:
    """Run every subject once a round; ``warm`` runs each once before, unmeasured.

    The garbage of one subject is collected before the next begins, so that none pays for another.
    """
    names = list(subjects)
    if warm:
        for name in names:
            subjects[name]()
    found: dict[str, Samples] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            gc.collect()
            found[name].append(subjects[name]())
    return found


def cpu(samples: Samples) -> Spread:
    """Return the processor time of a run."""
    return Spread.of([one.cpu for one in samples])


def wall(samples: Samples) -> Spread:
    """Return the wall clock of a run."""
    return Spread.of([one.wall for one in samples])


def ratio(ours: Samples, theirs: Samples, *, of: str = "cpu") -> Spread:
    """Return round for round how many times as long the first took."""
    return Spread.of(
        [getattr(a, of) / max(getattr(b, of), 1e-9) for a, b in zip(ours, theirs, strict=True)]
    )
