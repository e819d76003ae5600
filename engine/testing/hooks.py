"""Checks of what hooks answer and what they touch, called with everything the engine would ask."""

import re
from collections.abc import Iterator

from engine.model import Finding, Level
from engine.provinces.hookcalls import SLOW_SECONDS
from engine.provinces.hookspecs import ANSWERS, ReportSection, ReportSpec
from engine.reports.province_reports import CYCLES
from engine.testing.base import Checks
from engine.testing.recorded import Call, calls
from engine.testing.subject import CODE, Subject

_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
ALONE = "What a hook may know is in the request."


def _fail(subject: Subject, call: Call, what: str, mend: str) -> None:
    subject.fail(f"asked about {call.about}, {what}", mend=mend, file=CODE, key=call.hook)


def _each(subject: Subject) -> Iterator[Call]:
    for made in calls(subject).values():
        yield from made


def _answers(subject: Subject, hook: str, *, asking: bool = False) -> Iterator[Call]:
    """Yield a hook's calls, each of which ended in an answer of the promised type."""
    kind = ANSWERS[hook]
    for call in calls(subject).get(hook, ()):
        if getattr(call.request, "asking", False) != asking:
            continue
        if call.error is not None:
            raised = f"it raises {type(call.error).__name__}: {call.error}."
            _fail(subject, call, raised, "Answer an empty list where there is nothing to say.")
        if kind is None:
            continue
        if not isinstance(call.answer, list):
            _fail(subject, call, f"it answers {call.answer!r}.", "Answer a sequence.")
        for one in call.answer:
            if not isinstance(one, kind):
                what = f"its answer holds {type(one).__name__}."
                _fail(subject, call, what, f"Answer a sequence of {kind.__name__}.")
        yield call


def _findings(subject: Subject) -> Iterator[tuple[Call, Finding]]:
    for call in calls(subject).get("clb_checks", ()):
        for one in call.answer if isinstance(call.answer, list) else ():
            if isinstance(one, Finding):
                yield call, one


def _untouched(subject: Subject, kind: str, what: str) -> None:
    for call in _each(subject):
        found = call.touched.of(kind)
        if found:
            _fail(subject, call, f"it {what}: {', '.join(found[:3])}.", ALONE)


class HookChecks(Checks):
    """The hooks at work."""

    def test_the_check_hook_answers_for_every_step(self, subject: Subject) -> None:
        """clb_checks answers findings for every step of a club's life."""
        for _call in _answers(subject, "clb_checks"):
            pass

    def test_the_check_hook_answers_when_only_asked(self, subject: Subject) -> None:
        """clb_checks answers as well when somebody only asks and the form is empty."""
        for _call in _answers(subject, "clb_checks", asking=True):
            pass

    def test_the_report_hook_answers_reports(self, subject: Subject) -> None:
        """clb_reports answers reports, each with an id, a title, a cycle and a source."""
        for call in _answers(subject, "clb_reports"):
            for spec in call.answer:
                assert isinstance(spec, ReportSpec)
                if spec.cycle not in CYCLES or not (spec.id and spec.title and spec.source):
                    what = f"it answers {spec!r}."
                    _fail(subject, call, what, f"Name id, title, source and one of {CYCLES}.")

    def test_the_section_hook_answers_tables(self, subject: Subject) -> None:
        """clb_build_report answers tables: as many cells as headings, each a text or a number."""
        for call in _answers(subject, "clb_build_report"):
            for section in call.answer:
                assert isinstance(section, ReportSection)
                for row in section.rows:
                    wrong = len(row) != len(section.headings) or any(
                        isinstance(cell, bool) or not isinstance(cell, str | int | None)
                        for cell in row
                    )
                    if wrong:
                        mend = "One text or whole number for each heading."
                        _fail(subject, call, f"its table has the row {row!r}.", mend)

    def test_the_listener_hears_of_every_step(self, subject: Subject) -> None:
        """clb_after_step can be told of every step of a club's life."""
        for _call in _answers(subject, "clb_after_step"):
            pass

    def test_hooks_answer_the_same_twice(self, subject: Subject) -> None:
        """The same request has the same answer: a paper printed again says what it said."""
        for call in _each(subject):
            raised = [repr(error) for error in call.errors]
            if any(one != call.answer for one in call.answers) or len(set(raised)) > 1:
                mend = "Leave out chance, counters and the order of sets."
                _fail(subject, call, "it answers differently when asked again.", mend)

    def test_hooks_leave_the_request_as_it_was(self, subject: Subject) -> None:
        """A request is frozen: the engine and the other rules look at the same facts after it."""
        for call in _each(subject):
            frozen = isinstance(call.error, AttributeError) and "cannot" in str(call.error)
            if call.changed or frozen:
                mend = "Make a value of your own with dataclasses.replace."
                _fail(subject, call, "it changes the request.", mend)

    def test_hooks_read_no_clock(self, subject: Subject) -> None:
        """No hook asks what time it is: the day is in the request."""
        _untouched(subject, "clock", "reads the clock")

    def test_hooks_use_no_network(self, subject: Subject) -> None:
        """No hook opens a connection: a commune's office works without one."""
        _untouched(subject, "network", "uses the network")

    def test_hooks_write_no_file(self, subject: Subject) -> None:
        """No hook writes, moves or removes a file."""
        _untouched(subject, "file", "writes files")

    def test_hooks_open_no_database(self, subject: Subject) -> None:
        """No hook opens a database, the engine's least of all."""
        _untouched(subject, "database", "opens a database")

    def test_hooks_read_no_environment(self, subject: Subject) -> None:
        """No hook reads the environment: the same step is judged alike on every machine."""
        _untouched(subject, "environment", "reads the environment")

    def test_hooks_start_no_process(self, subject: Subject) -> None:
        """No hook starts another program."""
        _untouched(subject, "process", "starts a process")

    def test_hooks_print_nothing(self, subject: Subject) -> None:
        """No hook prints: what a command answers as JSON must stay JSON."""
        for call in _each(subject):
            if call.touched.printed:
                what = f"it prints {call.touched.printed[:60]!r}."
                _fail(subject, call, what, "Answer a finding of level note instead.")

    def test_hooks_answer_in_time(self, subject: Subject) -> None:
        """An answer takes two seconds at most: the club is locked and an officer waits."""
        for call in _each(subject):
            if call.seconds > SLOW_SECONDS:
                what = f"it takes {call.seconds:.1f} seconds, not at most {SLOW_SECONDS}."
                _fail(subject, call, what, "Do less, or once when the module is imported.")

    def test_findings_have_codes_of_their_own(self, subject: Subject) -> None:
        """A finding's code is capitals with hyphens and not one of the engine's (CLB-...)."""
        for call, one in _findings(subject):
            if not _CODE.fullmatch(one.code) or one.code.startswith("CLB-"):
                mend = f"Begin it with {subject.policy.prefix}-."
                _fail(subject, call, f"its finding has the code “{one.code}”.", mend)

    def test_findings_say_what_to_do(self, subject: Subject) -> None:
        """What blocks or warns says in a sentence what is wrong, who mends it and how."""
        for call, one in _findings(subject):
            silent = one.level is not Level.NOTE and not (one.fix and one.who)
            if silent or not one.message.strip() or not isinstance(one.level, Level):
                what = f"its finding {one.code} does not say who mends it and how."
                _fail(subject, call, what, "Give message, who and fix.")
