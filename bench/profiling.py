"""Where the engine's own processor time goes."""

import cProfile
import pstats
import sys
import time
from collections.abc import Callable


def profiled(work: Callable[[], object]) -> None:
    """Run something once and print its functions, by own time and with what they call."""
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(work)
    stats = pstats.Stats(profiler, stream=sys.stdout)
    stats.sort_stats("tottime").print_stats(40)
    stats.sort_stats("cumulative").print_stats(60)
