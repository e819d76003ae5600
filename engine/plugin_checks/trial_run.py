"""The trial itself, in a process of its own: load the plugin, call each hook, write the results.

``python -m engine.plugin_checks.trial_run ORDERS`` reads what to try from the file ORDERS and
appends a line of JSON to the file it names for everything that happens, so that the process that
waits knows where the trial stopped when it does not come back.
"""

import io
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import FrozenInstanceError, asdict
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import IO, Any

from engine import codes, i18n, policy_labels
from engine.errors import ClbError, PluginError
from engine.i18n import _
from engine.model import Finding, Level
from engine.plugin_checks import requests
from engine.plugin_checks.guard import Guard, Reached
from engine.plugin_checks.model import WARN, Mistake
from engine.policy.effective import Rules
from engine.policy.files import parse_policy
from engine.provinces import hookcalls
from engine.provinces.discover import GROUP, Plugin
from engine.provinces.hookspecs import ANSWERS, ReportSection, ReportSpec
from engine.provinces.load import read_policy_bytes

FILE = "__init__.py"
MOST_PRINTED = 1000
CYCLES = tuple(policy_labels.CYCLES)
UNCHANGED = re.compile("cannot be changed|does not support item (assignment|deletion)")
"""What frozen values raise when code tries to change them."""
CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")


class _Printed(io.StringIO):
    """Keeps the beginning of what is printed: a loop without end may print too."""

    def write(self, text: str) -> int:
        """Keep a text as far as there is room."""
        super().write(text[: max(0, MOST_PRINTED - self.tell())])
        return len(text)


class Trial:
    """One plugin being tried. ``orders`` give which, what to leave out, and how thoroughly.

    A thorough trial, the conformance kit's, goes on after a hook failed for one kind of request,
    records reads of the clock and the environment, and holds answers to the stricter rules.
    """

    def __init__(self, orders: dict[str, Any], out: IO[str]) -> None:
        self.plugin = Plugin(**orders["plugin"])
        self.call_seconds = float(orders["call_seconds"])
        self.slow_seconds = float(orders["slow_seconds"])
        self.left_out = frozenset(orders["left_out"])
        self.thorough = bool(orders["thorough"])
        self.out = out
        self.guard = Guard()
        self.seen: set[tuple[str, ...]] = set()
        self.asking = False

    def run(self) -> None:
        """Load the plugin and try each of its hooks."""
        self.write({"at": "import"})
        printed = _Printed()
        try:
            with redirect_stdout(printed):
                caller, hooks = hookcalls.register(self.plugin)
        except ClbError as error:
            imported = self.plugin.package in sys.modules
            self.report(
                error.code, "", error.message, error.help, about="hooks" if imported else "import"
            )
            return
        self.write({"hooks": hooks})
        if printed.getvalue():
            self._printed("import", printed.getvalue())
        for hook in hooks:
            if hook not in self.left_out:
                self._try(hook, getattr(caller, hook))

    def _try(self, hook: str, function: Callable[..., Any]) -> None:
        """Call a hook with every request, twice each, until it fails."""
        slowest, calls, failed = 0.0, 0, set()
        self.write({"at": hook})
        # Made twice, so that a request that was changed can be compared with one that was not.
        for (label, request), (_label, untouched) in zip(
            self._cases(hook), self._cases(hook), strict=True
        ):
            self.asking = getattr(request, "asking", False)
            if self.asking in failed:
                continue
            answers: list[list[Any] | None] = []
            for _time in range(2):
                answer, seconds = self._call(hook, label, function, request)
                slowest, calls = max(slowest, seconds), calls + 1
                answers.append(answer)
                if seconds > self.slow_seconds:
                    self._slow(hook, label, seconds)
                if answer is None or seconds > self.slow_seconds:
                    failed.add(self.asking)
                    break
            if self.asking not in failed and answers[0] != answers[1]:
                self.report(
                    codes.HOOK_DIFFERS,
                    hook,
                    _("“{hook}” answered differently when asked the same twice ({case}).").format(
                        hook=hook, case=label
                    ),
                    _("the same answer to the same request"),
                )
                failed.add(self.asking)
            if self.thorough and self.asking not in failed:
                self._call_watched(hook, label, function, request)
            if request != untouched:
                self._changed(hook, label)
                failed.add(self.asking)
            if failed and not self.thorough:
                break
        self.write({"took": {"hook": hook, "calls": calls, "slowest": slowest}})

    def _call(
        self, hook: str, label: str, function: Callable[..., Any], request: object
    ) -> tuple[list[Any] | None, float]:
        """Call a hook once; return its answer, ``None`` when it failed, and the seconds."""
        self.write({"at": hook, "case": label})
        answer: list[Any] | None = None
        error: PluginError | None = None
        started = time.perf_counter()
        with self._guarded(hook, label) as reached:
            try:
                answer, _timed = hookcalls.answers(self.plugin, hook, function, request)
            except PluginError as raised:
                error = raised
        seconds = time.perf_counter() - started
        if reached:
            self.report(
                codes.HOOK_OUTSIDE,
                hook,
                _("“{hook}” reaches out of its request: {what} ({case}).").format(
                    hook=hook, what=reached[0].what, case=label
                ),
                _("only what is in the request"),
                about=reached[0].kind,
            )
            return None, seconds
        if error is not None:
            self._failed(hook, label, error)
            return None, seconds
        return (answer if self._sound(hook, label, answer or []) else None), seconds

    def _call_watched(
        self, hook: str, label: str, function: Callable[..., Any], request: object
    ) -> None:
        """Call a hook once more and report reads of the clock and the environment."""

        def call() -> None:
            given = function(request=request)
            list(hookcalls.checked(self.plugin, hook, given, ANSWERS[hook]))

        with self._guarded(hook, label, self.guard.reading()) as reached:
            try:
                hookcalls.isolated(self.plugin, hook, call)
            except PluginError as error:
                self._failed(hook, label, error)
        for one in reached:
            if one.kind == "clock":
                self.report(
                    codes.HOOK_CLOCK,
                    hook,
                    _("The code asks the clock or chance: {call}.").format(call=one.what),
                    "request.on, request.today",
                )
            elif one.kind == "environment":
                self.report(
                    codes.HOOK_OUTSIDE,
                    hook,
                    _("The code reads the environment of the program."),
                    _("only what is in the request"),
                    about=one.kind,
                )

    @contextmanager
    def _guarded(self, hook: str, label: str, *more: Any) -> Iterator[list[Reached]]:
        """Limit and guard the block; report what it prints and yield what it reaches for.

        The list is filled when the block ends.
        """
        printed, before = _Printed(), len(self.guard.reached)
        reached: list[Reached] = []
        with ExitStack() as stack:
            for context in (
                redirect_stdout(printed),
                self._limited(hook, label),
                self.guard.refusing(),
                *more,
            ):
                stack.enter_context(context)
            yield reached
        reached += self.guard.reached[before:]
        if printed.getvalue():
            self._printed(hook, printed.getvalue())

    def _failed(self, hook: str, label: str, error: PluginError) -> None:
        cause = error.__cause__
        if cause is None:
            self.report(codes.HOOK_ANSWER, hook, error.message, returns(hook))
        elif isinstance(cause, FrozenInstanceError) or UNCHANGED.search(str(cause)):
            self._changed(hook, label)
        elif isinstance(cause, SystemExit):
            self.report(
                codes.HOOK_EXITS,
                hook,
                _("“{hook}” ends the program ({case}).").format(hook=hook, case=label),
                _("an answer, or an exception that says what is wrong"),
            )
        else:
            message = _("“{hook}” raises {error} ({case}).").format(
                hook=hook, error=f"{type(cause).__name__}: {cause}"[:300], case=label
            )
            if isinstance(cause, KeyError):
                message += " " + _(
                    "What may be missing is asked for with .get() or request.field()."
                )
            self.report(
                codes.HOOK_RAISES,
                hook,
                message,
                returns(hook),
                line=_line(cause, self.plugin.package),
            )

    def _sound(self, hook: str, label: str, answer: Iterable[Any]) -> bool:
        """Return whether what a hook answered holds what its type promises."""
        for one in answer:
            field = wrong_field(one) or (stricter_field(one) if self.thorough else None)
            if field is not None:
                self.report(
                    codes.HOOK_ANSWER,
                    hook,
                    _("“{hook}” answers with {kind} whose {field} is {found} ({case}).").format(
                        hook=hook,
                        kind=type(one).__name__,
                        field=field,
                        found=f"{getattr(one, field)!r}"[:80],
                        case=label,
                    ),
                    wanted(field),
                    about=field,
                )
                return False
        return True

    def _cases(self, hook: str) -> Iterator[requests.Case]:
        data, origin = read_policy_bytes(self.plugin)
        rules = Rules(parse_policy(data, origin=origin))
        if hook == "clb_checks":
            return requests.of_steps(rules)
        if hook == "clb_after_step":
            return requests.of_listeners(rules)
        if hook == "clb_reports":
            return requests.of_catalogues(rules)
        point = EntryPoint(self.plugin.province, self.plugin.package, GROUP)
        return requests.of_reports([point], rules, own="clb_reports" not in self.left_out)

    @contextmanager
    def _limited(self, hook: str, label: str) -> Iterator[None]:
        """End the process when a call does not come back; nothing else ends a loop for sure."""

        def late() -> None:
            self.write({"late": hook, "case": label})
            os._exit(3)

        watch = threading.Timer(self.call_seconds, late)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _slow(self, hook: str, label: str, seconds: float) -> None:
        self.report(
            codes.HOOK_SLOW,
            hook,
            _("“{hook}” took {seconds} seconds ({case}).").format(
                hook=hook, seconds=f"{seconds:.1f}", case=label
            ),
            _("at most {seconds} seconds").format(seconds=f"{self.slow_seconds:g}"),
            level=WARN,
        )

    def _changed(self, hook: str, label: str) -> None:
        self.report(
            codes.HOOK_CHANGES,
            hook,
            _("“{hook}” changes its request ({case}).").format(hook=hook, case=label),
            _("a request that is only read"),
        )

    def _printed(self, hook: str, text: str) -> None:
        self.report(
            codes.HOOK_PRINTS,
            hook,
            _("“{hook}” prints on standard output: {text}").format(
                hook=hook, text=" ".join(text.split())[:80]
            ),
            _("findings or sections; what is printed spoils answers in JSON"),
        )

    def report(
        self,
        code: str,
        hook: str,
        message: str,
        expected: str = "",
        *,
        line: int | None = None,
        level: str = "block",
        about: str = "",
    ) -> None:
        """Write down a mistake, the first of its kind of each hook."""
        kind = (code, hook, about, str(self.asking)) if self.thorough else (code, hook)
        if kind in self.seen:
            return
        self.seen.add(kind)
        mistake = Mistake(code, FILE, hook, message, expected, line, level, about, self.asking)
        self.write({"mistake": asdict(mistake)})

    def write(self, line: dict[str, Any]) -> None:
        """Add a line, so that it is there whatever happens next."""
        self.out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.out.flush()


def returns(hook: str) -> str:
    """Return in words what a hook answers."""
    kind = ANSWERS[hook]
    return _("nothing") if kind is None else _("a list of {kind}").format(kind=kind.__name__)


def wanted(field: str) -> str:
    """Return in words what a field of an answer should be."""
    return {
        "code": _("a code of the province's own, capitals with hyphens: not CLB-…"),
        "level": "Level.BLOCK, Level.WARN, Level.NOTE",
        "cycle": ", ".join(CYCLES),
        "rows": _("rows with as many cells as there are headings"),
    }.get(field, _("a text that is not empty"))


def wrong_field(one: object) -> str | None:
    """Return the first field of an answer that is not what it should be."""
    texts: tuple[tuple[str, bool], ...] = ()
    if isinstance(one, Finding):
        if not isinstance(one.level, Level):
            return "level"
        if str(one.code).startswith("CLB-"):
            return "code"
        texts = (("code", True), ("message", True), ("source", False), ("fix", False))
    elif isinstance(one, ReportSpec):
        if one.cycle not in CYCLES:
            return "cycle"
        texts = (("id", True), ("title", True), ("source", True), ("due_before", False))
    elif isinstance(one, ReportSection):
        if not all(isinstance(row, tuple | list) for row in one.rows):
            return "rows"
        if any(len(row) != len(one.headings) for row in one.rows):
            return "rows"
        texts = (("title", True), ("source", False))
    for name, needed in texts:
        value = getattr(one, name)
        if (value is not None or needed) and not (isinstance(value, str) and value):
            return name
    return None


def stricter_field(one: object) -> str | None:
    """Return the first field that an installation would let pass and the conformance kit does not.

    A code is capitals with hyphens; what refuses or warns gives who acts and how; a cell is a text
    or a whole number.
    """
    if isinstance(one, Finding):
        if not CODE.fullmatch(one.code):
            return "code"
        if not one.message.strip():
            return "message"
        if one.level is not Level.NOTE:
            return next((name for name in ("fix", "who") if not getattr(one, name)), None)
    elif isinstance(one, ReportSection):
        cells = (cell for row in one.rows for cell in row)
        if any(isinstance(cell, bool) or not isinstance(cell, str | int | None) for cell in cells):
            return "rows"
    return None


def _line(error: BaseException, package: str) -> int | None:
    """Return the line of the plugin's own file that raised."""
    here, found = error.__traceback__, None
    while here is not None:
        path = Path(here.tb_frame.f_code.co_filename)
        if path.name == FILE and path.parent.name == package:
            found = here.tb_lineno
        here = here.tb_next
    return found


def main(orders_file: str) -> None:
    """Carry out the orders in a file."""
    orders = json.loads(Path(orders_file).read_text(encoding="utf-8"))
    i18n.use(orders["language"])
    # A late call ends this process, below; until then nothing else breaks it off.
    os.environ[hookcalls.SETTING] = str(hookcalls.MOST_SECONDS)
    hookcalls.LOAD_SECONDS = hookcalls.MOST_SECONDS
    with open(orders["out"], "a", encoding="utf-8") as out:
        trial = Trial(orders, out)
        try:
            trial.run()
        except Exception as error:  # noqa: BLE001  (ours, not the plugin's: reported as what it is)
            trial.write({"broke": f"{type(error).__name__}: {error}"})
        trial.write({"end": True})


if __name__ == "__main__":
    main(sys.argv[1])
