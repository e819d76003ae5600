"""What a club's page shows, read at one moment: lines of steps, people, money, papers, history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from engine.desk.findings import content
from engine.desk.rows import Heading, Line, Row
from engine.documents.papers import Paper, papers
from engine.i18n import _
from engine.labels import (
    circumstance_name,
    count_name,
    entry_name,
    fund_name,
    post_name,
    role_names,
    sex_name,
    source_name,
    state_name,
    step_name,
    task_name,
)
from engine.lifecycle.history import effective
from engine.lifecycle.lifecycle import StepAvailability
from engine.lifecycle.people import Member
from engine.lifecycle.registry import Registry
from engine.lifecycle.situation import colleagues
from engine.model import Club, Event, Level, Loan, Task
from engine.policy.effective import Rules
from engine.policy.own_money import fund_labels, source_labels
from engine.reports import clubs, loans, money
from engine.reports.dossier import Dossier
from engine.reports.recorded import recorded
from engine.reports.under_way import NEXT
from engine.roster.members import in_order, listed
from engine.rules.own import called, is_own
from engine.states import step as find_step
from engine.vietnamese.dates import born_text
from engine.vietnamese.text import dmy, number

RARE = frozenset(
    ("withdraw", "reject", "suspend", "dissolve", "rename", "rehome", "correct", "annul", "erase")
)
"""Steps that are offered last: they end a club's life, or put right what was recorded."""
USUAL = ("meeting", "fund", "roster")
"""What is recorded most often, which is offered before other records."""
OF_A_LOAN = frozenset(("repay", "extend", "write_off"))
"""Steps that are about money that is lent."""
OF_A_FILE = "export"
"""The step that records a full list taken out as a file, which the desk does not write."""
OF_OTHERS = "change_board"
"""The record that officers look for where another role makes it."""
NAMED = 2
"""Colleagues who are named; of more of them only the role is."""
NOW = "▶"
"""The mark of a step that can be taken now."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows, read at one moment."""

    page: clubs.Page
    steps: Sequence[StepAvailability]
    members: Sequence[Member]
    seats: Sequence[clubs.Seat]
    ledger: Sequence[money.LedgerLine]
    loans: list[Loan]
    events: Sequence[Event]
    recorded: Mapping[str, int]
    names: dict[str, str]
    today: date
    rules: Rules
    colleagues: Mapping[str, tuple[str, ...]]
    """Who may take a step that only others may, by name."""

    @property
    def city(self) -> bool:
        """Whether the province is a city."""
        return self.rules.city

    @property
    def club(self) -> Club:
        """The club."""
        return self.page.club


def facts(registry: Registry, club_id: str, officer: str) -> Facts:
    """Read what a club's page shows. Raises ``UnknownError``."""
    lifecycle, store = registry.lifecycle, registry.store
    club, today = lifecycle.club(club_id), lifecycle.today()
    rules = registry.provinces.rules(club.province)
    page = clubs.page(store, rules, club, lifecycle.gather.composition(club, today), today)
    records = Dossier(store, club).records
    offered = lifecycle.check(club_id, officer=officer)
    return Facts(
        page,
        offered,
        in_order(listed(store, club, today)),
        clubs.board(store, club),
        money.ledger(store, club, today),
        loans.book(store, club, today),
        clubs.history(store, club),
        {one.step: one.seq for one in records},
        {one.id: one.name for one in registry.officers.ever()},
        today,
        rules,
        colleagues(lifecycle, club, offered, officer),
    )


def about(found: Facts) -> str:
    """Return two lines: where the club is and how far it has come; who its members are."""
    club, counts = found.club, found.page.composition
    since = f" ({dmy(club.state_on)})" if club.state_on else ""
    shown = ("women", "elderly", "poor", "near_poor", "difficult")
    inside = ", ".join(f"{count_name(name)} {getattr(counts, name)}" for name in shown)
    return f"{club.village}, {found.page.place} · {state_name(club.state)}{since}\n" + _(
        "Members: {members} ({inside})"
    ).format(members=counts.members, inside=inside)


def steps(found: Facts) -> list[Line]:
    """Return the steps of a club: one's own and what one can record, then those of others.

    The next step towards the launch comes before records whoever takes it; what is rarely needed
    comes last.
    """
    open_: list[StepAvailability] = []
    later: list[StepAvailability] = []
    blocked: list[StepAvailability] = []
    others: list[StepAvailability] = []
    records: list[StepAvailability] = []
    rare: list[StepAvailability] = []
    first = leading(found)
    places = {step: place for place, step in enumerate(dict.fromkeys((*first, *USUAL)))}
    for one in sorted(found.steps, key=lambda one: places.get(one.step, len(places))):
        if one.step == OF_A_FILE or not _has_a_subject(one.step, found):
            continue
        own = is_own(one.step)
        if one.step in first and one.allowed:
            (later if one.step == first[-1] and len(first) > 1 else open_).append(one)
        elif one.step in RARE or (find_step(one.step).is_record and not own):
            if one.allowed:
                (rare if one.step in RARE else records).append(one)
            elif one.step == OF_OTHERS and _only_for_others(one):
                others.append(one)
        elif one.allowed:
            (open_ if _comes_next(one, found) else records).append(one)
        elif any(each.permission and each.level is Level.BLOCK for each in one.findings):
            if _comes_next(one, found):
                others.append(one)
        else:
            blocked.append(one)
    recorded = (_("To write down"), "+", records)
    of_others = (_("Others do this"), "·", others)
    is_led_by_others = any(one.step in first for one in others)
    shown: list[Line] = []
    for heading, mark, group in (
        (_("You can do now"), NOW, open_),
        (_("Something is lacking first"), "·", later),
        (_("Something is in the way"), "✗", blocked),
        *((of_others, recorded) if is_led_by_others else (recorded, of_others)),
        (_("Rarely needed"), "+", rare),
    ):
        if group:
            shown.append(Heading(heading))
            shown += [
                Row(one.step, (mark, _named(one.step, found.rules), _aside(one, found)))
                for one in group
            ]
    return shown


def open_steps(lines: Iterable[Line]) -> list[object]:
    """Return the steps among some lines that can be taken now."""
    return [one.key for one in lines if isinstance(one, Row) and one.cells[0] == NOW]


def _has_a_subject(step: str, found: Facts) -> bool:
    """Return whether there is anything that a step could be about."""
    if step == "annul":
        last = found.club.state_seq
        return any(one.seq == last and not find_step(one.step).founds for one in found.events)
    if step in OF_A_LOAN:
        return any(one.outstanding for one in found.loans)
    return step != "erase" or bool(found.page.names)


def leading(found: Facts) -> tuple[str, ...]:
    """Return the steps on the way to the launch: a list and a board come before the proposal."""
    following = NEXT.get(found.club.state)
    if following != "propose":
        return (following,) if following else ()
    return (*_before_proposal(found), following)


def _before_proposal(found: Facts) -> dict[str, str]:
    """Return the steps that a proposal waits for, each with what is lacking."""
    lack = {}
    if not found.members:
        lack["roster"] = _("no members yet")
    if not found.seats:
        lack["set_board"] = _("no board yet")
    return lack


def lacking(step: str, found: Facts) -> tuple[str, ...]:
    """Return what is lacking before a step that can be taken all the same."""
    return tuple(_before_proposal(found).values()) if step == "propose" else ()


def _only_for_others(one: StepAvailability) -> bool:
    """Return whether nothing but who asks is in the way of a step."""
    return all(each.permission for each in one.findings if each.level is Level.BLOCK)


def _named(step: str, rules: Rules) -> str:
    name = called(rules, step)
    return name[:1].upper() + name[1:]


def _aside(one: StepAvailability, found: Facts) -> str:
    """Return what belongs to a step in a line: when it is due, by whom, what refuses it."""
    dues = [_due_text(task, one.step, found.today) for task in _due(one, found)]
    blocks = [each.message for each in one.findings if each.level is Level.BLOCK]
    if one.allowed:
        return ", ".join((*lacking(one.step, found), *dues))
    if any(each.permission for each in one.findings):
        return ", ".join((_doers(one, found), *dues))
    return blocks[0]


def _comes_next(one: StepAvailability, found: Facts) -> bool:
    """Return whether a step leads on or is due, more than one that may be recorded any time."""
    leads = one.to != found.club.state
    return leads or is_own(one.step) or bool(_due(one, found))


def _due(one: StepAvailability, found: Facts) -> list[Task]:
    """Return the open tasks that a step does."""
    from engine.rules.obligations import STEPS

    return [task for task in found.page.tasks if STEPS.get(task.kind) == one.step]


def _doers(one: StepAvailability, found: Facts) -> str:
    """Return who takes a step of others: the role, and by name where they are few."""
    role, who = role_names(one.roles, city=found.city), found.colleagues.get(one.step, ())
    return f"{role}: {', '.join(who)}" if 0 < len(who) <= NAMED else role


def _due_text(task: Task, step: str, today: date) -> str:
    """Return when a task is due; what it is called only where its step is called otherwise."""
    late = clubs.overdue(task, today)
    day = _("due {day}").format(day=dmy(task.due_on)) if task.due_on else _("no day set")
    named = (task_name(task.kind),) if task_name(task.kind) != step_name(step) else ()
    text = ", ".join((*named, day))
    return text + (" " + _("({days} days late)").format(days=late) if late else "")


def why(one: StepAvailability) -> Content | str:
    """Return what speaks against a step or about it."""
    return content(one.findings) if one.findings else _("Nothing is in the way.")


def members(found: Facts) -> list[Line]:
    """Return the members; the village of those who live where the club is goes without saying.

    Numbers of identity and telephone are not shown.
    """
    return [
        Row(
            one.id,
            (
                str(place),
                one.name or _("(erased)"),
                sex_name(one.sex),
                born_text(one.born),
                circumstance_name(one.circumstance) if one.circumstance else "",
                "" if one.village == found.club.village else one.village or "",
            ),
        )
        for place, one in enumerate(found.members, start=1)
    ]


def seat(one: clubs.Seat) -> Row:
    """Return one post of the board."""
    return Row(one.post, (post_name(one.post), one.name or _("(erased)"), dmy(one.since)))


def entry(line: money.LedgerLine, rules: Rules) -> Row:
    """Return one entry of the ledger."""
    one = line.entry
    kind = f"{entry_name(one.kind)} · {source_name(one.source, source_labels(rules.policy))}"
    sign = "+" if one.delta > 0 else ""
    return Row(
        one.seq,
        (
            str(one.seq),
            dmy(one.on) if one.on else "",
            kind,
            fund_name(one.fund, fund_labels(rules.policy)),
            f"{sign}{number(one.delta)}",
            number(line.held),
        ),
        "strike" if line.reversed_by is not None else "",
    )


def paper_lines(recorded: Mapping[str, int], rules: Rules) -> list[Line]:
    """Return the papers: those of the latest record first, those of none last, greyed."""
    found = [(one, [step for step in one.steps if step in recorded]) for one in papers(rules)]
    found.sort(key=lambda pair: -max((recorded[step] for step in pair[1]), default=0))
    return [paper_line(one, there, rules) for one, there in found]


def paper_line(one: Paper, there: Sequence[str], rules: Rules) -> Row:
    """Return one paper, and what it is written from."""
    done = ", ".join(called(rules, step) for step in there)
    source = done or _("not recorded yet: blanks")
    return Row(one.id, (one.title, source), "" if there else "$foreground 60%")


def history(found: Facts) -> list[Line]:
    """Return the records of a club, the latest first, each with those that correct it."""
    by: dict[int, list[str]] = {}
    for one in effective(found.events):
        if one.step == "correct":
            by.setdefault(one.form["seq"], []).append(str(one.seq))
    return [event(one, found, by.get(one.seq, ())) for one in reversed(found.events)]


def event(one: Event, found: Facts, corrections: Sequence[str] = ()) -> Row:
    """Return one record of the club's history: what was done, the amount, the result, the names."""
    moved = one.to_state is not None and one.to_state != one.from_state
    where = f" → {state_name(one.to_state)}" if moved and one.to_state else ""
    what = recorded(one, found.page.names, found.rules)
    done = f"{_named(one.step, found.rules)}{where}" + (f": {what}" if what else "")
    if corrections:
        done += " · " + _("corrected in no. {seq}").format(seq=", ".join(corrections))
    who = found.names.get(one.officer, one.officer)
    return Row(one.seq, (str(one.seq), dmy(one.on), done, who))
