"""What the engine would ask a province's hooks, recorded without asking them.

The life of the story is played once more under the policy alone. Each hook is then called apart
with every request, so that what it does is told by hook and request.
"""

import _thread
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from engine.errors import ClbError
from engine.model import Finding
from engine.provinces.hookspecs import (
    ANSWERS,
    ReportRequest,
    ReportSection,
    ReportSpec,
    ReportsRequest,
    StepDone,
)
from engine.provinces.load import Provinces
from engine.reports.building import build
from engine.reports.province_reports import catalogue
from engine.rules.request import StepRequest
from engine.scenario.play import REJECTED, WHOLE, WITHDRAWN, first_day, last_day, play
from engine.scenario.world import World, open_world
from engine.states import STEPS
from engine.testing.guard import Touched, watching
from engine.testing.subject import Subject

HANGING_SECONDS = 5.0
"""After how long a call is broken off, so that the other checks can go on."""


class Recording(Provinces):
    """The installed provinces, whose hooks are not called; what they would be asked is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, list[Any]] = {name: [] for name in ANSWERS}

    def checks(self, province: str, request: StepRequest) -> tuple[Finding, ...]:
        """Keep the request."""
        del province
        self.asked["clb_checks"].append(request)
        return ()

    def reports(self, province: str, request: ReportsRequest) -> tuple[ReportSpec, ...]:
        """Keep the request."""
        del province
        self.asked["clb_reports"].append(request)
        return ()

    def build_report(self, province: str, request: ReportRequest) -> tuple[ReportSection, ...]:
        """Keep the request."""
        del province
        self.asked["clb_build_report"].append(request)
        return ()

    def after_step(self, province: str, request: StepDone) -> None:
        """Keep the request."""
        del province
        self.asked["clb_after_step"].append(request)


@dataclass(slots=True)
class Call:
    """One call of a hook, made twice: the answers, what was raised, the time, what was touched.

    ``changed`` tells that the request was not the same afterwards. ``seconds`` is the longer of
    both calls without the watching, ``hangs`` tells that one was broken off.
    """

    hook: str
    request: Any
    answers: list[Any] = field(default_factory=list)
    errors: list[BaseException | None] = field(default_factory=list)
    seconds: float = 0.0
    touched: Touched = field(default_factory=Touched)
    changed: bool = False
    hangs: bool = False

    @property
    def about(self) -> str:
        """Return which request it was, in a few words."""
        request = self.request
        if isinstance(request, StepRequest):
            asking = ", only asked" if request.asking else ""
            return f"“{request.step}” of {request.on}{asking}"
        if isinstance(request, StepDone):
            return f"“{request.step}” of {request.on}, done"
        if isinstance(request, ReportRequest):
            return f"the report {request.report.id} of {request.period}"
        return f"the reports on {request.on}"

    @property
    def error(self) -> BaseException | None:
        """Return what the first call raised."""
        return self.errors[0]

    @property
    def answer(self) -> Any:
        """Return the first call's answer."""
        return self.answers[0]


def calls(subject: Subject) -> dict[str, list[Call]]:
    """Call each of the plugin's hooks with everything recorded, once a subject."""
    kept = vars(subject).get("_calls")
    if kept is None:
        kept = vars(subject)["_calls"] = _all_calls(subject)
    return dict(kept)


def answering(subject: Subject) -> Provinces:
    """Return the installed provinces, once it is known that every hook of this one comes back."""
    for made in calls(subject).values():
        if made and made[-1].hangs:
            pytest.skip(f"{made[-1].hook} does not come back; another check says when")
    return subject.sound


def _all_calls(subject: Subject) -> dict[str, list[Call]]:
    implemented = subject.sound.hooks(subject.province)
    asked = recorded(subject)
    made: dict[str, list[Call]] = {}
    for hook in implemented:
        function = getattr(subject.module, hook)
        made[hook] = []
        for request in asked[hook]:
            made[hook].append(_call(hook, function, request))
            if made[hook][-1].hangs:
                break
        if hook == "clb_reports":
            own = [spec for one in made[hook] for spec in _specs(one.answer)]
            asked["clb_build_report"] += _own_reports(asked["clb_build_report"], own)
    return made


def recorded(subject: Subject) -> dict[str, list[Any]]:
    """Return what the hooks would be asked in the life of the story, in each period."""
    provinces = Recording()
    for document in subject.programmes:
        start, end = first_day(document), last_day(document)
        name = f"recorded-{document.id}"
        with open_world(
            subject.folder, subject.province, end, name=name, provinces=provinces
        ) as here:
            with here.registry.store.write():
                for turns in (WHOLE, WITHDRAWN, REJECTED):
                    club = here.found(start)
                    _ask(here, club)
                    for _turn in play(here, club, turns, start):
                        _ask(here, club)
            rules = catalogue(provinces, subject.province, end).rules
            for rule in rules:
                period = next((one.id for one in rule.periods(start, end)), None)
                try:
                    build(here.registry.store, provinces, subject.province, rule.id, period, end)
                except ClbError:  # a report that is not made in this period
                    continue
    return provinces.asked


def _ask(here: World, club: str) -> None:
    """Let the engine ask about every step that starts from the club's state."""
    lifecycle = here.registry.lifecycle
    state = lifecycle.club(club)
    for step in STEPS:
        if state.state in step.sources:
            lifecycle.check(club, step.name, on=state.state_on or lifecycle.today())


def _specs(answer: Any) -> list[ReportSpec]:
    return [one for one in answer or () if isinstance(one, ReportSpec)]


def _own_reports(asked: list[ReportRequest], specs: list[ReportSpec]) -> list[ReportRequest]:
    """Return what would be asked for the reports that the plugin itself adds."""
    by_id = {spec.id: spec for spec in specs}
    return [replace(asked[-1], report=spec) for spec in by_id.values()] if asked else []


def _call(hook: str, function: Callable[..., Any], request: Any) -> Call:
    """Call a hook three times: twice against the clock, then watched."""
    made, before = Call(hook, request), _picture(request)
    for _each in range(2):
        started = time.perf_counter()
        _try(made, function, request)
        made.seconds = max(made.seconds, time.perf_counter() - started)
        if made.hangs:
            return made
    with watching() as touched:
        _try(made, function, request)
    made.touched = touched
    made.changed = _picture(request) != before
    return made


def _try(made: Call, function: Callable[..., Any], request: Any) -> None:
    answer: Any = None
    error: BaseException | None = None
    over = threading.Event()
    limit = threading.Timer(HANGING_SECONDS, _break_off, (over,))
    limit.daemon = True
    limit.start()
    try:
        answer = function(request=request)
        if isinstance(answer, Iterable) and not isinstance(answer, str | bytes):
            answer = list(answer)
    except GeneratorExit:
        raise
    except KeyboardInterrupt:
        if not over.is_set():  # the person at the keyboard, not the time limit
            raise
        error = TimeoutError(f"no answer within {HANGING_SECONDS:.0f} seconds")
        made.hangs = True
    except BaseException as raised:  # noqa: BLE001  (whatever a plugin raises, sys.exit included)
        error = raised
    finally:
        limit.cancel()
    made.answers.append(answer)
    made.errors.append(error)


def _break_off(over: threading.Event) -> None:
    over.set()
    _thread.interrupt_main()


def _picture(request: Any) -> str:
    """Return everything a request holds as text, the policy by its digest."""
    if isinstance(request, StepRequest | ReportRequest | ReportsRequest):
        digest = request.rules.policy.digest
        held = {name: getattr(request, name) for name in type(request).__slots__}
        return f"{digest} { {**held, 'rules': None} }"
    return repr(request)
