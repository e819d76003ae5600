"""The story of ``clb demo`` in words, for a person at a screen of 80 columns."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.i18n import _
from engine.labels import state_name, step_name
from engine.model import Finding, Level
from engine.scenario.played import Refusal
from engine.scenario.reading import ClubFacts, GroupFacts, Moment, ProvinceFacts
from engine.scenario.tour import Failure, Tour
from engine.vietnamese.text import dmy, dong

if TYPE_CHECKING:
    from engine.cli.demo_files import Written

COLUMNS = 80
QUIET = frozenset({"meeting"})
"""Steps that come too often to be told one by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``indent`` is where it begins, ``hang`` how much further its next lines do.

    ``whole`` keeps what is to be typed or copied on one line, however long.
    """

    text: str
    indent: int = 0
    hang: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A title with a rule under it."""

    text: str


BLANK = Line("")


def lay_out(story: Iterable[Line | Heading]) -> Iterator[str]:
    """Yield the lines of a screen."""
    for one in story:
        if isinstance(one, Heading):
            yield one.text
            yield "=" * len(one.text)
        elif one.whole or not one.text:
            yield f"{' ' * one.indent}{one.text}"
        else:
            yield from textwrap.wrap(
                one.text,
                COLUMNS,
                initial_indent=" " * one.indent,
                subsequent_indent=" " * (one.indent + one.hang),
                break_long_words=False,
                break_on_hyphens=False,
            )


def opening() -> Iterator[Line | Heading]:
    """Say what is about to be seen."""
    yield Heading(_("Intergenerational self-help clubs: a demonstration"))
    yield Line(
        _(
            "Everything below was done just now, step by step, in a database of its own; your "
            "own data was not touched. Amounts, targets and articles come from the provinces' "
            "documents. Names of people and villages and numbers of papers are invented."
        )
    )


def nothing_installed() -> Iterator[Line | Heading]:
    """Say that there is no province to show, and how to come by one."""
    yield Line(_("No province is installed that has a story to show."))
    yield Line(_("Install a province's plugin with pip, for example:"))
    yield Line("pip install ./plugins/…", 2, whole=True)
    yield Line(_("Then run clb demo again; clb province list shows what is installed."))


def province(facts: ProvinceFacts) -> Iterator[Line | Heading]:
    """Tell what happened in a province."""
    yield BLANK
    yield Heading(f"{facts.name} ({facts.plugin})")
    for note in facts.notes:
        yield Line(f"* {note}", hang=2)
    for group in facts.groups:
        yield BLANK
        yield from _told(group) if group.told else _summed(group)


def _summed(group: GroupFacts) -> Iterator[Line]:
    """Tell of a group in one paragraph."""
    clubs, steps = group.clubs, _steps(group.clubs)
    text = _(
        "{title}. {clubs} clubs with {members} members, {elderly} of them elderly; "
        "{supervisions} supervisions, {reviews} yearly reviews."
    ).format(
        title=group.title,
        clubs=len(clubs),
        members=sum(one.members for one in clubs),
        elderly=sum(one.elderly for one in clubs),
        supervisions=steps["supervise"],
        reviews=steps["review"],
    )
    if steps["meeting"]:
        text += " " + _("Monthly meetings: {meetings}.").format(meetings=steps["meeting"])
    granted = sum(one.granted for one in clubs)
    if granted:
        text += " " + _("Grants: {amount}.").format(amount=dong(granted))
    yield Line(text)
    yield Line(_("In: {communes}.").format(communes=", ".join(one.commune for one in clubs)), 2, 2)
    standing = Counter(one.state for one in clubs)
    states = ", ".join(f"{state_name(state)} ({count})" for state, count in standing.items())
    yield Line(_("Now: {states}.").format(states=states), 2, 2)


def _told(group: GroupFacts) -> Iterator[Line]:
    """Tell of each club of a group step by step."""
    for club in group.clubs:
        yield Line(f"{group.title}.")
        yield Line(f"{club.name}, {club.commune} ({club.club})", 2, 2)
        made_of = _(
            "{members} members: {women} women, {elderly} elderly, {young} young, {poor} poor, "
            "near poor or in difficulty."
        )
        yield Line(
            made_of.format(
                members=club.members,
                women=club.women,
                elderly=club.elderly,
                young=club.young,
                poor=club.poor,
            ),
            2,
            2,
        )
        refusals = [one for one in group.refusals if one.club == club.club]
        known: set[str] = set()
        for moment in club.history:
            if moment.step not in QUIET:
                yield from _moment(moment, known)
            for one in refusals:
                if one.after_seq == moment.seq:
                    yield from _refusal(one)
        if club.steps.get("meeting"):
            text = _("Besides, {meetings} monthly meetings were recorded.")
            yield Line(text.format(meetings=club.steps["meeting"]), 2)


def _moment(moment: Moment, known: set[str]) -> Iterator[Line]:
    if moment.why:
        yield Line(moment.why, 4)
    text = f"{dmy(moment.on)}  {_what(moment)} - {moment.name} ({moment.officer})"
    if moment.to is not None:
        text += f" → {state_name(moment.to)}"
    yield Line(text, 2, 12)
    reasons = {one.code: one.reason for one in moment.acknowledged}
    for finding in moment.findings:
        told_before = finding.code in known
        known.add(finding.code)
        if told_before:
            if finding.code in reasons:
                yield Line(_("! The same warning, acknowledged again."), 14)
            continue
        yield from _reason("! " if finding.code in reasons else "· ", finding)
        if finding.code in reasons:
            yield Line(_("acknowledged: {reason}").format(reason=reasons[finding.code]), 16)


def _what(moment: Moment) -> str:
    """Return what was done, with what tells it from another step of its name."""
    what = step_name(moment.step)
    if moment.step == "fund":
        return f"{what}: {dong(moment.form['amount'])}"
    if moment.step == "train" and moment.form["course"]["kind"] != "initial":
        return _("{step}, supplementary").format(step=what)
    return what


def _refusal(one: Refusal) -> Iterator[Line]:
    if one.why:
        yield Line(one.why, 4)
    text = _("{what} - {name} ({officer}): REFUSED").format(
        what=step_name(one.step), name=one.officer.name, officer=one.officer.id
    )
    yield Line(f"{dmy(one.on)}  {text}", 2, 12)
    for finding in one.findings:
        if finding.level is Level.BLOCK:
            yield from _reason("✗ ", finding)
            if finding.fix:
                yield Line(_("to do: {fix}").format(fix=finding.fix), 16)


def _reason(mark: str, finding: Finding) -> Iterator[Line]:
    yield Line(f"{mark}{finding.message}", 14, 2)
    if finding.expected and finding.actual:
        text = _("expected: {expected}; found: {actual}")
        yield Line(text.format(expected=finding.expected, actual=finding.actual), 16)
    source = finding.source or _("rule of the system, for every province")
    yield Line(_("article: {source}").format(source=source), 16)


def failure(one: Failure) -> Iterator[Line | Heading]:
    """Tell of a province whose story could not be played."""
    yield BLANK
    yield Heading(f"{one.name} ({one.plugin} {one.version})")
    text = _("This province could not be shown: {message}")
    yield Line(text.format(message=one.error.message))
    if one.error.help:
        yield Line(f"→ {one.error.help}", 2, 2)


def closing(done: Tour) -> Iterator[Line | Heading]:
    """Tell how the log stands and where to look further."""
    log, refusals = done.log, sum(len(one.refusals) for one in done.provinces)
    yield BLANK
    yield Heading(_("The log"))
    if log.ok:
        text = _("All {events} events were checked one after another: nothing was changed.")
        yield Line(text.format(events=log.events))
    else:
        yield Line(_("The log does not verify: see clb audit verify."))
    if refusals:
        text = _("Steps that were refused: {count}. They left nothing in it.")
        yield Line(text.format(count=refusals))
    yield Line(_("Head of the log, to be noted outside:"))
    yield Line(log.head, 2, whole=True)
    yield BLANK
    yield Line(_("Look around in it yourself:"))
    for one in done.provinces:
        command = f'clb --database "{done.database}" club list --province {one.province}'
        yield Line(command, 2, whole=True)


def files(written: "Written") -> Iterator[Line | Heading]:
    """Tell what to open first, and where the rest is."""
    yield BLANK
    yield Heading(_("The files"))
    yield Line(_("Open these first, by a double click; they open in any browser:"))
    for one in written.files:
        if one.format == "html":
            yield Line(str(one.path), 2, whole=True)
    yield Line(_("Beside them, for Word and Excel:"))
    for folder in dict.fromkeys(one.path.parent for one in written.files):
        here = [one for one in written.files if one.path.parent == folder]
        papers = sum(one.kind == "paper" for one in here)
        reports = len({one.id for one in here if one.kind == "report"})
        text = _("{folder}: {reports} reports, {papers} papers of one club")
        yield Line(text.format(folder=folder, reports=reports, papers=papers), 2, whole=True)


def _steps(clubs: Iterable[ClubFacts]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in clubs:
        total.update(one.steps)
    return total
