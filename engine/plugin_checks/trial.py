"""Trying a plugin's hooks: a process of its own, a limit for each call, everything reported.

Whatever the plugin does there, this process goes on: raising, ending the program, never coming
back, printing, reaching out. A hook that stopped the process is left out and the rest is tried
again.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine import codes
from engine.child_process import Ended, Until, run_module
from engine.errors import ClbError
from engine.i18n import _, language
from engine.plugin_checks.code import hook_lines
from engine.plugin_checks.model import HOOKS, Candidate, Mistake
from engine.provinces import hookcalls

SETTINGS = ("CLB_DATABASE", "CLB_OFFICER", "CLB_NO_PLUGINS", "CLB_TRACE_HOOKS", "CLB_HOOK_SECONDS")
CALL_SECONDS = 5.0
"""What a hook that comes back at all comes back within."""
LOAD_SECONDS = 15.0
SLACK_SECONDS = 5.0
ALL_SECONDS = 120.0
MEMORY = 2 * 1024 * 1024 * 1024
"""What the process may take, in bytes: several times what the engine and a large province need."""
LOADED_WITHIN = 1000
"""Within how many characters of the results the line about the hooks is found."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How often a hook was called and what its slowest call took, in milliseconds."""

    hook: str
    calls: int
    slowest_ms: int


@dataclass(frozen=True, slots=True)
class Tried:
    """Result of a trial: the plugin's hooks, what was wrong, and how long each took."""

    hooks: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    timings: tuple[Timing, ...]


def try_hooks(
    candidate: Candidate,
    environment: Mapping[str, str] | None = None,
    *,
    thorough: bool = False,
    leave_out: Sequence[str] = (),
) -> Tried:
    """Load a plugin and call its hooks with real requests, in a process of its own.

    ``thorough`` is for the conformance kit: see ``trial_run.Trial``. ``leave_out`` are hooks that
    are not called. Raise ``ClbError`` when the trial fails for reasons that are not the plugin's.
    """
    hooks: tuple[str, ...] = ()
    mistakes: dict[tuple[object, ...], Mistake] = {}
    timings: list[Timing] = []
    stopped = [*leave_out]
    while len(stopped) <= len(HOOKS):
        found = _once(candidate, environment, stopped, thorough)
        hooks = hooks or found.hooks
        for one in found.mistakes:
            kind = (one.code, one.key, one.about, one.asking) if thorough else (one.code, one.key)
            mistakes.setdefault(kind, one)
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
    """Results of one process. ``stopped_at`` is where it was when it did not end by itself."""

    hooks: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    timings: tuple[Timing, ...]
    stopped_at: str | None
    case: str
    late: bool
    complaint: str

    def why_stopped(self, candidate: Candidate) -> Mistake:
        """Return the mistake of not coming back."""
        file, hook = "__init__.py", self.stopped_at or ""
        if hook not in HOOKS:
            message = (
                _("{plugin} did not load within {seconds} seconds.").format(
                    plugin=candidate, seconds=round(LOAD_SECONDS)
                )
                if self.late
                else _("{plugin} ended the program while loading. {complaint}").format(
                    plugin=candidate, complaint=self.complaint
                )
            )
            return Mistake(codes.PLUGIN_FAILED, file, "import", message.strip(), about="import")
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
    candidate: Candidate,
    environment: Mapping[str, str] | None,
    left_out: Sequence[str],
    thorough: bool,
) -> _Once:
    with tempfile.TemporaryDirectory() as folder:
        out, orders = Path(folder) / "results.jsonl", Path(folder) / "orders.json"
        out.touch()
        plugin = {
            "province": candidate.province,
            "package": candidate.package,
            "name": candidate.name,
            "version": candidate.version,
        }
        content = {
            "plugin": plugin,
            "left_out": list(left_out),
            "thorough": thorough,
            "call_seconds": CALL_SECONDS,
            "slow_seconds": hookcalls.SLOW_SECONDS,
            "language": language(),
            "out": str(out),
        }
        orders.write_text(json.dumps(content), encoding="utf-8")
        ended = run_with_plugin(
            "engine.plugin_checks.trial_run",
            [str(orders)],
            candidate.folder,
            Path(folder),
            package=candidate.package,
            seconds=ALL_SECONDS,
            environment=environment,
            until=_Stuck(out),
        )
        lines = [json.loads(line) for line in _text(out).splitlines() if line.endswith("}")]
    return _read(lines, ended)


class _Stuck:
    """Whether nothing has been written for longer than a call may take.

    The process ends a late call by itself, but not one that lets nothing else run.
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


def run_with_plugin(
    module: str,
    arguments: Sequence[str],
    plugin: Path,
    folder: Path,
    *,
    package: str,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    until: Until = lambda _waited: False,
) -> Ended:
    """Run a module of the engine in a child process that finds a plugin in its folder.

    Its ``package`` is found before an installed one of the same name and is not installed for it;
    nothing else in the folder hides a module of Python or of the engine. It leaves nothing behind:
    no compiled files, no settings of the person, a user directory of its own.

    ``folder`` is its working folder, with its temporary files. It is killed after ``seconds``, or
    as soon as ``until`` asks for it, as ``run_module`` describes, and gets no more memory than
    ``MEMORY``.
    """
    env = {**(os.environ if environment is None else environment)}
    for name in SETTINGS:
        env.pop(name, None)
    env |= {
        "CLB_HOME": str(folder / "home"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONHASHSEED": "random",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
    }
    return run_module(
        module,
        arguments,
        folder,
        seconds=seconds,
        memory=MEMORY,
        last_on_path=plugin,
        preferred=package,
        environment=env,
        until=until,
    )
