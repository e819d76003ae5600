"""Trying a plugin's hooks: a process of its own, a limit for each call, everything told.

Whatever the plugin does there, this process goes on: raising, ending the program, never coming
back, printing, reaching out. What stopped is left out and the rest is tried again.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine import codes
from engine.child_process import Ended
from engine.errors import ClbError
from engine.i18n import _, language
from engine.plugin_checks.apart import run_apart
from engine.plugin_checks.hooks import hook_lines
from engine.plugin_checks.model import HOOKS, Candidate, Mistake
from engine.provinces import hookcalls

CALL_SECONDS = 5.0
"""What a hook that comes back at all comes back within."""
LOAD_SECONDS = 15.0
SLACK_SECONDS = 5.0
ALL_SECONDS = 120.0
LOADED_WITHIN = 1000
"""How far into what was written the line about the hooks stands at the latest."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How often a hook was called and what its slowest call took, in milliseconds."""

    hook: str
    calls: int
    slowest_ms: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a trial: the plugin's hooks, what was wrong, and how long each took."""

    hooks: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    timings: tuple[Timing, ...]


def try_out(
    candidate: Candidate, environment: Mapping[str, str] | None = None
) -> tuple[Sequence[str], list[Mistake]]:
    """Try a plugin and return its hooks and what went wrong."""
    tried = try_hooks(candidate, environment)
    return tried.hooks, list(tried.mistakes)


def try_hooks(candidate: Candidate, environment: Mapping[str, str] | None = None) -> Tried:
    """Load a plugin and call its hooks with real requests, in a process of its own.

    Raises ``ClbError`` when that cannot be done for reasons that are not the plugin's.
    """
    hooks: tuple[str, ...] = ()
    mistakes: dict[tuple[str, str], Mistake] = {}
    timings: list[Timing] = []
    stopped: list[str] = []
    while len(stopped) <= len(HOOKS):
        found = _once(candidate, environment, stopped)
        hooks = hooks or found.hooks
        for one in found.mistakes:
            mistakes.setdefault((one.code, one.key), one)
        timings += [one for one in found.timings if one.hook not in {old.hook for old in timings}]
        if found.stopped_at is None:
            break
        mistakes.setdefault(("stopped", found.stopped_at), found.why_stopped(candidate))
        if found.stopped_at not in HOOKS:
            break
        stopped.append(found.stopped_at)
    lines = hook_lines(candidate.folder / candidate.package / "__init__.py")
    placed = (
        replace(one, line=lines.get(one.key)) if one.line is None else one
        for one in mistakes.values()
    )
    return Tried(hooks, tuple(placed), tuple(timings))


@dataclass(frozen=True, slots=True)
class _Once:
    """What one process left behind. ``stopped_at`` is where it was when it did not end itself."""

    hooks: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    timings: tuple[Timing, ...]
    stopped_at: str | None
    case: str
    late: bool
    said: str

    def why_stopped(self, candidate: Candidate) -> Mistake:
        """Return the mistake of not coming back."""
        file, hook = "__init__.py", self.stopped_at or ""
        if hook not in HOOKS:
            message = (
                _("{plugin} did not load within {seconds} seconds.").format(
                    plugin=candidate, seconds=round(LOAD_SECONDS)
                )
                if self.late
                else _("{plugin} ended the program while loading. {said}").format(
                    plugin=candidate, said=self.said
                )
            )
            return Mistake(codes.PLUGIN_FAILED, file, "import", message.strip())
        if self.late:
            return Mistake(
                codes.HOOK_ENDLESS,
                file,
                hook,
                _("“{hook}” did not come back within {seconds} seconds ({case}).").format(
                    hook=hook, seconds=f"{CALL_SECONDS:g}", case=self.case
                ),
                _("an answer at once"),
            )
        return Mistake(
            codes.HOOK_EXITS,
            file,
            hook,
            _("“{hook}” ends the program ({case}).").format(hook=hook, case=self.case),
            _("an answer, or an exception that says what is wrong"),
        )


def _once(
    candidate: Candidate, environment: Mapping[str, str] | None, left_out: Sequence[str]
) -> _Once:
    with tempfile.TemporaryDirectory() as folder:
        out, orders = Path(folder) / "told.jsonl", Path(folder) / "orders.json"
        out.touch()
        plugin = {
            "province": candidate.province,
            "package": candidate.package,
            "name": candidate.name,
            "version": candidate.version,
        }
        told = {
            "plugin": plugin,
            "left_out": list(left_out),
            "call_seconds": CALL_SECONDS,
            "slow_seconds": hookcalls.SLOW_SECONDS,
            "language": language(),
            "out": str(out),
        }
        orders.write_text(json.dumps(told), encoding="utf-8")
        ended = run_apart(
            "engine.plugin_checks.trial_run",
            [str(orders)],
            candidate.folder,
            Path(folder),
            seconds=ALL_SECONDS,
            environment=environment,
            until=_Stuck(out),
        )
        lines = [json.loads(line) for line in _text(out).splitlines() if line.endswith("}")]
    return _read(lines, ended)


class _Stuck:
    """Tells when nothing has been written down for longer than a call may take.

    The process ends a call that is late by itself, but not one that lets nothing else run.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._size = 0
        self._since = 0.0

    def __call__(self, waited: float) -> bool:
        size = self._out.stat().st_size
        if size != self._size:
            self._size, self._since = size, waited
        loaded = '"hooks"' in _text(self._out)[:LOADED_WITHIN]
        return waited - self._since > (CALL_SECONDS + SLACK_SECONDS if loaded else LOAD_SECONDS)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _read(lines: Sequence[Mapping[str, Any]], ended: Ended) -> _Once:
    def of(kind: str) -> Iterator[Any]:
        return (line[kind] for line in lines if kind in line)

    for reason in of("broke"):
        raise ClbError(
            _("The plugin's hooks could not be tried: {reason}.").format(reason=reason),
            help=_("This is a fault of the program, not of the plugin: report it."),
        )
    at = [line for line in lines if "at" in line]
    mistakes = [Mistake(**one) for one in of("mistake")]
    printed = " ".join(ended.out.split())[:80]
    if printed and not any(one.code == codes.HOOK_PRINTS for one in mistakes):
        mistakes.append(
            Mistake(
                codes.HOOK_PRINTS,
                "__init__.py",
                "",
                _("The plugin prints on standard output: {text}").format(text=printed),
                _("findings or sections; what is printed spoils answers in JSON"),
            )
        )
    return _Once(
        tuple(next(of("hooks"), ())),
        tuple(mistakes),
        tuple(
            Timing(one["hook"], one["calls"], round(one["slowest"] * 1000)) for one in of("took")
        ),
        None if any(of("end")) else str(at[-1]["at"] if at else "import"),
        str(at[-1].get("case", "")) if at else "",
        ended.stopped or any(of("late")),
        " ".join(ended.err.split())[-300:],
    )
