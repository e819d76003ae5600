"""The papers communes print: which there are, and the contents of one, from its club's file.

A paper is one ``Paper``: the steps it is written from, the function that gathers its values, and a
Word template of its name in ``templates/``. Every value is text ready to print, a number, a list or
a group of them; ``None`` is what is not known and becomes a blank. Templates of provinces use the
names of the values: removing one breaks them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from engine import codes, words
from engine.documents import founding, lending, money, operating, own, year
from engine.documents.phrases import Values
from engine.documents.snapshot import Snapshot
from engine.errors import InputError, UnknownError
from engine.i18n import N_, _
from engine.model import Event
from engine.policy.effective import Rules
from engine.reports.dossier import Dossier, Record
from engine.rules.communes import Unit
from engine.rules.own import called as step_called
from engine.rules.own import is_own
from engine.rules.own import names as own_names
from engine.states import STAGES, STEPS
from engine.vietnamese.reading import read_choice
from engine.vietnamese.text import dmy

if TYPE_CHECKING:
    from engine.documents.render import Filled, Template


DECISION = "quyet_dinh"
"""What the ids of decisions begin with."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of one paper of a club. ``day`` is the day it is dated, ``None`` for a blank.

    ``record`` is the number of the record it is written from; ``None`` while the step has not
    happened, when much of it is blank. ``notices`` are for whoever prints the paper. ``made`` is
    the day it is made, which dates the file of an undated paper.
    """

    day: date | None
    record: int | None
    values: Values
    made: date
    notices: tuple[str, ...] = ()

    def filled(self, template: "Template") -> "Filled":
        """Fill a template with it. Raises ``InputError`` for one that cannot be used."""
        from engine.documents.finish import finish
        from engine.documents.render import render

        return render(template, self.values, partial(finish, day=self.day or self.made))


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper.

    ``stage`` is the stage of a club's life whose folder it is part of. ``steps`` are those whose
    record it is written from, the latest of them. ``own_day`` is the field of the form that dates
    it, where that is not the day of the step. One that is not ``dated`` goes before its step: its
    day is a blank. A paper that is a ``listing`` and is asked for a later day is the list of that
    day. One that is ``of_club`` the club writes itself: it has no number. One that
    ``names_members`` is for whoever may take the member list out. One that is ``of_entry`` may be
    asked for the entry of the ledger or the loan with a number, else it is about the last ones.
    """

    id: str
    title: str
    stage: str
    steps: tuple[str, ...]
    build: Callable[[Snapshot], Values]
    own_day: str | None = None
    dated: bool = True
    listing: bool = False
    names_members: bool = False
    of_club: bool = False
    of_entry: bool = False

    @property
    def file(self) -> str:
        """The name of its template."""
        return f"{self.id}.docx"

    def contents(
        self,
        dossier: Dossier,
        rules: Rules,
        *,
        units: Sequence[Unit] = (),
        as_of: date | None = None,
        today: date,
        entry: int | None = None,
    ) -> Contents:
        """Return its contents from the last record of its steps, up to ``as_of`` if given.

        ``entry`` is the number of what a paper ``of_entry`` is about. Raises ``InputError`` where
        it is about nothing of that number.
        """
        if entry is not None and not self.of_entry:
            raise InputError(
                _("“{title}” is not about one entry.").format(title=self.title),
                code=codes.DOCUMENT_ENTRY,
                help=_("clb document render CLUB phieu_thu --entry 12"),
            )
        record = dossier.last(self.steps, as_of)
        on, day = self._days(record, as_of, today)
        seq = self._last_seq(dossier, record, as_of)
        asked = rules.for_club(dossier.club.decided_on)
        snapshot = Snapshot(dossier, asked, units, record, on, day, seq, entry)
        number = record.seq if record else None
        values = self._with_own(self.build(snapshot), asked, on)
        notices = (*self._notices(snapshot), *snapshot.remarks)
        return Contents(day, number, values, today, notices)

    def _with_own(self, values: Values, rules: Rules, on: date) -> Values:
        """Return values with the fields of the province's own that are not filled in, as blanks."""
        names = [name for step in self.steps for name in own_names(rules, step, on)]
        if not names:
            return values
        return {**values, "own": {**dict.fromkeys(names), **values["own"]}}

    def _days(
        self, record: Record | None, as_of: date | None, today: date
    ) -> tuple[date, date | None]:
        """Return the day whose facts hold and the day that is printed."""
        if record is None:
            return as_of or today, as_of
        if self.listing and as_of is not None:
            return as_of, as_of
        if not self.dated:
            return record.on, None
        if self.own_day is not None:
            typed = record.field(self.own_day)
            day = date.fromisoformat(typed) if typed else None
            return day or record.on, day
        return record.on, record.on

    def _last_seq(self, dossier: Dossier, record: Record | None, as_of: date | None) -> int | None:
        """Return the number of the last record that the paper may know of."""
        if record is not None and (as_of is None or not self.listing):
            return record.seq
        if as_of is None:
            return None
        return max((one.seq for one in dossier.records if one.on <= as_of), default=0)

    def _notices(self, snapshot: Snapshot) -> list[str]:
        found = []
        if snapshot.record is None and self.steps:
            called = [step_called(snapshot.rules, step) for step in self.steps]
            awaited = _(" or ").join(f"“{name}”" for name in called)
            found.append(
                _(
                    "The step {step} has not been recorded: its places in the paper are blank."
                ).format(step=awaited)
            )
        where = snapshot.where
        if where.formerly is not None and not where.confirmed:
            found.append(
                _(
                    "By a list that no document confirms, {old} is called {new} on {day}: "
                    "check the name."
                ).format(old=where.formerly, new=where.text, day=dmy(snapshot.on))
            )
        return found


def papers(rules: Rules | None = None) -> tuple[Paper, ...]:
    """Return all papers in the order of a club's life, titled in the language in use.

    With ``rules`` those of the province's own kinds come last.
    """
    built_in = (replace(one, title=_(one.title)) for one in _BUILT_IN)
    return (*built_in, *(own_papers(rules) if rules is not None else ()))


def own_papers(rules: Rules) -> Iterator[Paper]:
    """Yield the papers of a province's own kinds, whose templates its plugin brings."""
    stages = {step.name: stage.name for stage in STAGES for step in stage.steps}
    for key in rules.policy.keys_of("paper"):
        value = rules.policy.entries_of(key)[-1].value
        step = value["of"]
        before = rules.policy.entries_of(f"step.{step}") if is_own(step) else ()
        stage = stages[before[-1].value["before"] if before else step]
        yield Paper(
            key.partition(".")[2],
            value["title"],
            stage,
            (step,),
            own.of_province,
            names_members=bool(value.get("names_members")),
        )


_BUILT_IN = (
    Paper(
        "don_gia_nhap",
        N_("Application to join the club"),
        "proposal",
        (),
        own.don_gia_nhap,
        of_club=True,
    ),
    Paper("quy_che", N_("Draft charter"), "proposal", (), own.quy_che, of_club=True),
    Paper(
        "bien_ban_bau_bcn",
        N_("Minutes of the election of the board"),
        "proposal",
        ("set_board",),
        own.bien_ban_bau_bcn,
        of_club=True,
    ),
    Paper(
        "to_trinh",
        N_("Submission that proposes the club"),
        "proposal",
        ("propose",),
        founding.to_trinh,
    ),
    Paper(
        "danh_sach_thanh_vien",
        N_("List of members"),
        "proposal",
        ("approve", "propose"),
        founding.danh_sach_thanh_vien,
        listing=True,
        names_members=True,
    ),
    Paper(
        "danh_sach_bcn",
        N_("List of the board"),
        "proposal",
        ("approve", "propose"),
        founding.danh_sach_bcn,
        listing=True,
    ),
    Paper(
        "bien_ban_tham_dinh",
        N_("Minutes of the appraisal"),
        "approval",
        ("approve",),
        founding.bien_ban_tham_dinh,
        own_day="appraisal.date",
    ),
    Paper(
        "quyet_dinh_thanh_lap",
        N_("Decision that establishes the club"),
        "approval",
        ("approve",),
        founding.quyet_dinh_thanh_lap,
        names_members=True,
    ),
    Paper(
        "cong_van_tra_ho_so",
        N_("Letter that returns the dossier"),
        "approval",
        ("return",),
        founding.cong_van_tra_ho_so,
    ),
    Paper(
        "quyet_dinh_kien_toan",
        N_("Decision that changes the board or ends the consolidation"),
        "records",
        ("change_board", "consolidate"),
        operating.quyet_dinh_kien_toan,
    ),
    Paper(
        "bien_ban_ban_giao",
        N_("Minutes of the hand-over when the board changes"),
        "records",
        ("change_board",),
        own.bien_ban_ban_giao,
        of_club=True,
        dated=False,
    ),
    Paper(
        "danh_sach_tap_huan",
        N_("Plan of a training course"),
        "training",
        ("train",),
        operating.danh_sach_tap_huan,
        dated=False,
    ),
    Paper(
        "giay_moi_ra_mat",
        N_("Invitation to the launch"),
        "launch",
        ("launch",),
        own.giay_moi_ra_mat,
        dated=False,
    ),
    Paper(
        "bien_ban_ra_mat",
        N_("Minutes of the launch"),
        "launch",
        ("launch",),
        operating.bien_ban_ra_mat,
    ),
    Paper(
        "ke_hoach_nam",
        N_("Plan of the year's activities"),
        "launch",
        (),
        own.ke_hoach_nam,
        of_club=True,
    ),
    Paper(
        "bien_ban_sinh_hoat",
        N_("Minutes of a meeting"),
        "records",
        ("meeting",),
        own.bien_ban_sinh_hoat,
        of_club=True,
    ),
    Paper(
        "don_vay_von",
        N_("A member's request for a loan"),
        "records",
        (),
        money.don_vay_von,
        of_club=True,
    ),
    Paper(
        "hop_dong_vay",
        N_("Agreement on a member's loan"),
        "records",
        (),
        money.hop_dong_vay,
        of_club=True,
    ),
    Paper(
        "phieu_thu",
        N_("Receipt"),
        "records",
        (),
        money.phieu_thu,
        names_members=True,
        of_club=True,
        of_entry=True,
    ),
    Paper(
        "phieu_chi",
        N_("Payment slip"),
        "records",
        (),
        money.phieu_chi,
        names_members=True,
        of_club=True,
        of_entry=True,
    ),
    Paper("so_quy", N_("Cash book"), "records", (), money.so_quy, of_club=True),
    Paper("so_vay", N_("Loan book"), "records", (), money.so_vay, names_members=True, of_club=True),
    Paper(
        "the_vay",
        N_("Cards of the members' loans"),
        "records",
        (),
        lending.the_vay,
        names_members=True,
        of_club=True,
        of_entry=True,
    ),
    Paper(
        "bao_cao_nam",
        N_("The year's statement to the members"),
        "records",
        (),
        year.bao_cao_nam,
        of_club=True,
    ),
    Paper(
        "bien_ban_giam_sat",
        N_("Minutes of a supervision"),
        "supervision",
        ("supervise",),
        operating.bien_ban_giam_sat,
    ),
    Paper(
        "phieu_danh_gia",
        N_("Sheet of the yearly review"),
        "review",
        ("review",),
        operating.phieu_danh_gia,
    ),
    Paper(
        "quyet_dinh_giai_the",
        N_("Decision that dissolves the club"),
        "closure",
        ("dissolve",),
        operating.quyet_dinh_giai_the,
    ),
)
"""The papers of every province, in the order of a club's life; titles in English."""


def papers_next(event: Event, rules: Rules | None = None) -> tuple[Paper, ...]:
    """Return the papers to print once a step is recorded: those written from its record.

    A step of the club's life is followed by the papers that go before the next one, and no more by
    those that went before itself: nobody is invited to a launch that was. With ``rules`` those of
    the province's own kinds are among them.
    """
    state = event.to_state
    if state is None or state is event.from_state:
        return tuple(one for one in papers(rules) if event.step in one.steps)
    ahead = {one.name for one in STEPS if one.goes_on_from(state)}
    found = [
        one
        for one in papers(rules)
        if (event.step in one.steps if one.dated else ahead.intersection(one.steps))
    ]
    return tuple(sorted(found, key=partial(_order, event.step)))


def _order(step: str, one: Paper) -> int:
    """Return the place of a paper after a step: its decision, its other papers, lists, the next."""
    if one.id.startswith(DECISION):
        return 0
    if step not in one.steps:
        return 3
    return 1 if one.steps == (step,) else 2


def paper(named: str, rules: Rules | None = None) -> Paper:
    """Return the paper of that id or title. Raises ``UnknownError`` naming the nearest ones."""
    known = {one.id: one for one in papers(rules)}
    called = words.vocabulary("PAPERS")
    listed = {id_: (one.title, *called.get(id_, ())) for id_, one in known.items()}
    try:
        meant = read_choice(listed, named)
    except InputError as error:
        raise UnknownError(
            _("There is no paper “{kind}”.").format(kind=named),
            code=codes.DOCUMENT_KIND,
            help=error.help,
        ) from error
    return known[meant]
