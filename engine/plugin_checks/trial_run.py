"""The trial itself, in a process of its own: load the plugin, call each hook, write the results.

``python -m engine.plugin_checks.trial_run ORDERS`` reads what to try from the file ORDERS and
adds a line of JSON to the file it names for everything that happens, so that whoever waits knows
where it stopped when it does not come back.
"""

import io
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import FrozenInstanceError, asdict
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import IO, Any

from engine import codes, i18n
from engine.errors import ClbError, PluginError
from engine.i18n import _
from engine.plugin_checks import requests
from engine.plugin_checks.answers import returns, wants, wrong
from engine.plugin_checks.guard import Guard
from engine.plugin_checks.model import WARN, Mistake
from engine.policy.effective import Rules
from engine.policy.files import parse_policy
from engine.provinces import hookcalls
from engine.provinces.discover import GROUP, Plugin
from engine.provinces.load import read_policy_bytes

FILE = "__init__.py"
MOST_HEARD = 1000
UNCHANGED = re.compile("cannot be changed|does not support item (assignment|deletion)")
"""What frozen values answer to whoever wants to change them."""


class _Heard(io.StringIO):
    """Hears the beginning of what is printed: a loop without end may print too."""

    def write(self, text: str) -> int:
        """Keep a text as far as there is room."""
        super().write(text[: max(0, MOST_HEARD - self.tell())])
        return len(text)


class Trial:
    """One plugin being tried. ``orders`` say which, and what to leave out."""

    def __init__(self, orders: dict[str, Any], out: IO[str]) -> None:
        self.plugin = Plugin(**orders["plugin"])
        self.call_seconds = float(orders["call_seconds"])
        self.slow_seconds = float(orders["slow_seconds"])
        self.left_out = frozenset(orders["left_out"])
        self.out = out
        self.guard = Guard()
        self.seen: set[tuple[str, str]] = set()

    def run(self) -> None:
        """Load the plugin and try each of its hooks."""
        self.write({"at": "import"})
        said = _Heard()
        try:
            with redirect_stdout(said):
                caller, hooks = hookcalls.register(self.plugin)
        except ClbError as error:
            self.tell(error.code, "", error.message, error.help)
            return
        self.write({"hooks": hooks})
        if said.getvalue():
            self._printed("import", said.getvalue())
        for hook in hooks:
            if hook not in self.left_out:
                self._try(hook, getattr(caller, hook))

    def _try(self, hook: str, function: Callable[..., Any]) -> None:
        """Call a hook with every request, twice each, until it fails."""
        slowest, calls = 0.0, 0
        self.write({"at": hook})
        # Asked for twice, so that a request that was changed can be held against one that was not.
        for (label, request), (_label, untouched) in zip(
            self._cases(hook), self._cases(hook), strict=True
        ):
            failed = False
            answers = []
            for _time in range(2):
                answer, seconds = self._call(hook, label, function, request)
                slowest, calls = max(slowest, seconds), calls + 1
                failed = failed or answer is None
                answers.append(answer)
                if seconds > self.slow_seconds:
                    self._slow(hook, label, seconds)
                    failed = True
                if failed:
                    break
            if not failed and answers[0] != answers[1]:
                self.tell(
                    codes.HOOK_DIFFERS,
                    hook,
                    _("“{hook}” answered differently when asked the same twice ({case}).").format(
                        hook=hook, case=label
                    ),
                    _("the same answer to the same request"),
                )
                failed = True
            if request != untouched:
                self._changed(hook, label)
                failed = True
            if failed:
                break
        self.write({"took": {"hook": hook, "calls": calls, "slowest": slowest}})

    def _call(
        self, hook: str, label: str, function: Callable[..., Any], request: object
    ) -> tuple[list[Any] | None, float]:
        """Call a hook once; return its answer, ``None`` when it failed, and the seconds."""
        self.write({"at": hook, "case": label})
        said, before = _Heard(), len(self.guard.tried)
        answer: list[Any] | None = None
        error: PluginError | None = None
        started = time.perf_counter()
        try:
            with redirect_stdout(said), self._limited(hook, label), self.guard.watching():
                answer, _timed = hookcalls.answers(self.plugin, hook, function, request)
        except PluginError as raised:
            error = raised
        seconds = time.perf_counter() - started
        if said.getvalue():
            self._printed(hook, said.getvalue())
        reached = self.guard.tried[before:]
        if reached:
            self.tell(
                codes.HOOK_OUTSIDE,
                hook,
                _("“{hook}” reaches out of its request: {what} ({case}).").format(
                    hook=hook, what=reached[0], case=label
                ),
                _("only what is in the request"),
            )
            return None, seconds
        if error is not None:
            self._failed(hook, label, error)
            return None, seconds
        return (answer if self._sound(hook, label, answer or []) else None), seconds

    def _failed(self, hook: str, label: str, error: PluginError) -> None:
        cause = error.__cause__
        if cause is None:
            self.tell(codes.HOOK_ANSWER, hook, error.message, returns(hook))
        elif isinstance(cause, FrozenInstanceError) or UNCHANGED.search(str(cause)):
            self._changed(hook, label)
        elif isinstance(cause, SystemExit):
            self.tell(
                codes.HOOK_EXITS,
                hook,
                _("“{hook}” ends the program ({case}).").format(hook=hook, case=label),
                _("an answer, or an exception that says what is wrong"),
            )
        else:
            said = _("“{hook}” raises {error} ({case}).").format(
                hook=hook, error=f"{type(cause).__name__}: {cause}"[:300], case=label
            )
            if isinstance(cause, KeyError):
                said += " " + _("What may be missing is asked for with .get() or request.field().")
            self.tell(
                codes.HOOK_RAISES,
                hook,
                said,
                returns(hook),
                line=_line(cause, self.plugin.package),
            )

    def _sound(self, hook: str, label: str, answer: Iterable[Any]) -> bool:
        """Return whether what a hook answered holds what its type promises."""
        for one in answer:
            field = wrong(one)
            if field is not None:
                self.tell(
                    codes.HOOK_ANSWER,
                    hook,
                    _("“{hook}” answers with {kind} whose {field} is {found} ({case}).").format(
                        hook=hook,
                        kind=type(one).__name__,
                        field=field,
                        found=f"{getattr(one, field)!r}"[:80],
                        case=label,
                    ),
                    wants(field),
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
        self.tell(
            codes.HOOK_SLOW,
            hook,
            _("“{hook}” took {seconds} seconds ({case}).").format(
                hook=hook, seconds=f"{seconds:.1f}", case=label
            ),
            _("at most {seconds} seconds").format(seconds=f"{self.slow_seconds:g}"),
            level=WARN,
        )

    def _changed(self, hook: str, label: str) -> None:
        self.tell(
            codes.HOOK_CHANGES,
            hook,
            _("“{hook}” changes its request ({case}).").format(hook=hook, case=label),
            _("a request that is only read"),
        )

    def _printed(self, hook: str, text: str) -> None:
        self.tell(
            codes.HOOK_PRINTS,
            hook,
            _("“{hook}” prints on standard output: {text}").format(
                hook=hook, text=" ".join(text.split())[:80]
            ),
            _("findings or sections; what is printed spoils answers in JSON"),
        )

    def tell(
        self,
        code: str,
        hook: str,
        message: str,
        expected: str = "",
        *,
        line: int | None = None,
        level: str = "block",
    ) -> None:
        """Write down a mistake, the first of its kind of each hook."""
        if (code, hook) in self.seen:
            return
        self.seen.add((code, hook))
        self.write({"mistake": asdict(Mistake(code, FILE, hook, message, expected, line, level))})

    def write(self, told: dict[str, Any]) -> None:
        """Add a line, so that it is there whatever happens next."""
        self.out.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.out.flush()


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
    """Carry out the orders."""
    orders = json.loads(Path(orders_file).read_text(encoding="utf-8"))
    i18n.use(orders["language"])
    with open(orders["out"], "a", encoding="utf-8") as out:
        trial = Trial(orders, out)
        try:
            trial.run()
        except Exception as error:  # noqa: BLE001  (ours, not the plugin's: told as what it is)
            trial.write({"broke": f"{type(error).__name__}: {error}"})
        trial.write({"end": True})


if __name__ == "__main__":
    main(sys.argv[1])
