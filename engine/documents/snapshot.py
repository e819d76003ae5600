"""A club as it was on the day of a paper: names, lists and figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from engine.documents import agencies, words
from engine.documents.agencies import Agency, Place
from engine.documents.phrases import (
    Values,
    amount,
    cited,
    cited_again,
    club_title,
    legal_bases,
    not_cited,
    paper_number,
)
from engine.documents.widths import NO_BREAK
from engine.i18n import _, vietnamese
from engine.labels import (
    PAPER_ADDRESS,
    PAPER_CIRCUMSTANCES,
    PAPER_FUNDS,
    PAPER_POSTS,
    PAPER_SEXES,
    PAPER_SHARES,
    paper_fund,
    paper_post,
    paper_source,
)
from engine.labels import (
    PAPER_NO_ENTRY as NO_ENTRY,
)
from engine.model import Composition, EntryKind, FundKind, Role, balance_field
from engine.policy.effective import Rules, general_citation
from engine.policy.model import Resolution
from engine.policy.own_money import fund_ids, fund_labels, source_labels
from engine.reports.clubs import post_order
from engine.reports.dossier import Dossier, Listed, Record
from engine.reports.money import balances
from engine.reports.recorded import own_fields
from engine.rules.communes import TWO_TIER, Unit
from engine.rules.composition import SHARES, Bounds, counted
from engine.rules.own import OWN, is_balance
from engine.rules.unit_classes import UnitClasses
from engine.states import guards
from engine.states import step as find_step
from engine.vietnamese.text import bare, dmy, lower_first, number, percent, upper_first

FILED = "Lưu: VT"
_ASKS_FOR_NOTHING = ("history", "optional")
"""How strongly a document states what it does not ask of anybody."""
REBUILT = "*"
"""In a source: the number of the section is lost in the copy at hand, and was counted out."""


@dataclass
class Snapshot:
    """A club on the day of a paper.

    ``on`` is the day whose names, lists and policy hold, ``day`` the one that is printed (``None``
    for a blank). ``record`` is what the paper is written from, ``None`` while it is prepared; then
    ``seq`` is the last record that counts, ``None`` for all of them. ``entry`` is the number of the
    one entry or loan that is asked for, ``None`` where the paper chooses. ``remarks`` grow while
    the values are gathered: what whoever prints the paper is to know, without repetition.
    """

    dossier: Dossier
    rules: Rules
    units: Sequence[Unit]
    record: Record | None
    on: date
    day: date | None
    seq: int | None
    entry: int | None = None
    remarks: dict[str, None] = field(default_factory=dict)

    def field(self, path: str) -> Any:
        """Return a field of the record's form, ``None`` where there is none."""
        return None if self.record is None else self.record.field(path)

    def text(self, path: str) -> str | None:
        """Return a text of the form without its full stop, which the template adds."""
        found = self.field(path)
        return words.sentence(found) if found else None

    def earlier(self, *steps: str) -> Record | None:
        """Return the last record of those steps up to the paper's own."""
        found = [
            one
            for one in self.dossier.records
            if one.step in steps and (self.seq is None or one.seq <= self.seq)
        ]
        return found[-1] if found else None

    @cached_property
    def where(self) -> Place:
        """The club's commune on that day."""
        name = self._latest("rehome", "commune") or self.dossier.club.commune
        found = agencies.place(name, self.units, self.on)
        if found.district is None and self.on < TWO_TIER:
            stated = UnitClasses(self.rules, (), self.on).district(name)
            found = replace(found, district=self._latest("rehome", "district") or stated)
        return found

    @cached_property
    def club(self) -> str:
        """The club's name on that day, as papers write it."""
        return club_title(self._latest("rename", "name") or self.dossier.club.name)

    @cached_property
    def village(self) -> str:
        """The club's village, as it was entered."""
        opened = self.earlier("open")
        return str(opened.field("village")) if opened else self.dossier.club.village

    def _latest(self, step: str, field: str) -> str | None:
        found = self.dossier.last([step], self.on) or self.earlier("open")
        typed = None if found is None else found.field(field)
        return None if typed is None else str(typed)

    @property
    def committee(self) -> Agency:
        """The commune's People's Committee."""
        return agencies.committee(self.where)

    @property
    def association(self) -> Agency:
        """The commune's Association of the Elderly."""
        return agencies.association(self.where)

    @property
    def as_agency(self) -> Agency:
        """The club, which heads the papers it writes itself; its village's name is not broken."""
        head = self.club.removesuffix(self.village) if self.village else self.club
        whole = self.village.replace(" ", NO_BREAK) if head != self.club else ""
        return Agency(self.club, (f"{head}{whole}".upper(),), place=self.where.place)

    @cached_property
    def proposer(self) -> Agency:
        """Who submitted the proposal, or is to submit it.

        A number that carries the association's symbol is the association's, whoever typed it.
        """
        proposed = self.earlier("propose")
        role = proposed.role if proposed else self.role_for("propose")
        lead = proposed.field("lead_unit") if proposed else None
        typed = str(proposed.field("submission.number")) if proposed else ""
        if bare(typed).endswith(f"-{bare(agencies.ASSOCIATION)}"):
            role = Role.ASSOCIATION
        return agencies.proposer(role, lead, self.where)

    def role_for(self, step: str) -> Role:
        """Return who is to take a step: the province's first choice, else the procedure's."""
        roles, _source = guards.allowed_roles(find_step(step), self.rules, self.on)
        return roles[0]

    def agency_for(self, step: str) -> Agency:
        """Return whose act a step is, or will be."""
        role = self.record.role if self.record else self.role_for(step)
        if role is Role.ASSOCIATION:
            return self.association
        return self.committee if role is Role.COMMITTEE else self.lead

    @cached_property
    def lead(self) -> Agency:
        """The office that leads the programme in the province on that day."""
        found = agencies.province_lead(self.rules, self.on)
        self.remark(found.doubt(self.on))
        if found.name == words.BLANK:
            self.remark(
                _("No document in force on {day} names who leads in the province: a blank.").format(
                    day=dmy(self.on)
                )
            )
        return found

    def stipulated(self, key: str) -> Resolution:
        """Return what a document in force on the paper's day asks for, and may be printed as that.

        What a document only reports of the past (history) or leaves for later (optional) asks for
        nothing. Neither does what only an unsigned copy states, which a remark says. A section's
        number that was put together again is not printed: the document alone is cited.
        """
        found = self.rules.stated(key, self.on)
        if found.status != "value" or found.force in _ASKS_FOR_NOTHING:
            return Resolution(key, "not_stipulated")
        if not found.binding:
            self.remark(_("{source}: an unsigned copy, not cited.").format(source=found.source))
            return Resolution(key, "not_stipulated")
        return replace(found, source=self._cited(found.source or ""))

    def _cited(self, source: str) -> str:
        """Return an article as papers cite it: type and number of its document, not its short."""
        short, comma, section = source.partition(",")
        if REBUILT in section:
            comma = section = ""
        named = {one.short: cited_again(one) for one in self.rules.policy.documents}
        return f"{named.get(short, short)}{comma}{section}"

    @cached_property
    def silence(self) -> str:
        """What papers say where nothing is stipulated: by the document, or for want of one."""
        policy = self.rules.policy
        programme = policy.period(self.on)
        if programme is None:
            return words.NO_DOCUMENT
        cited = any(
            one.document == programme.id for key in policy.entries for one in policy.entries_of(key)
        )
        return words.NOT_STIPULATED if cited else words.NO_TEXT

    def measured(self, measure: str) -> str | None:
        """Return the article of a target that counts ``measure`` on the paper's day, if any."""
        for name, entries in self.rules.policy.group("target"):
            if any(one.holds(self.on) and one.value["measure"] == measure for one in entries):
                return self.stipulated(f"target.{name}").source
        return None

    def legal_bases(self, *, power: bool = True) -> list[str]:
        """Return what a decision rests on; remarks say which documents it does not rest on.

        ``power`` is false for a paper that decides nothing.
        """
        for text in not_cited(self.rules, self.on):
            self.remark(text)
        return list(legal_bases(self.rules, self.on, power=power))

    def remark(self, text: str | None) -> None:
        """Note what whoever prints the paper is to know, if there is anything."""
        if text is not None:
            self.remarks[text] = None

    def common(self, agency: Agency, number_: str | None = None) -> Values:
        """Return what every template may ask for."""
        place = agency.place or self.where.place
        return {
            "agency": {
                "name": _known(agency.name),
                "lines": agencies.wrapped(agency.lines),
                "above": agencies.wrapped(agency.above),
            },
            "number": number_,
            "place_and_date": f"{place}, {words.day(self.day)}",
            "date": words.day(self.day),
            "club": {
                "name": self.club,
                "village": self.village,
                "commune": self.where.text,
                "address": self._address(self.village),
                "at": self._at(),
                "place": self.where.place,
            },
            "committee": self.committee.name,
            "association": self.association.name,
            "proposer": _known(self.proposer.name),
            "recipients": [FILED],
            "born_title": words.born_title(one.born for one in self.dossier.people.values()),
            **self._own_fields(),
        }

    def _own_fields(self) -> Values:
        """Return what the record has in fields of the province's own: in order, and by name."""
        record = self.record
        if record is None or OWN not in record.form:
            return {"own_fields": [], "own": {}}
        people = {one.id: one.name for one in self.dossier.people.values() if one.name}
        values = {name: people.get(one, one) for name, one in record.form[OWN].items()}
        found = list(own_fields(self.rules, record.step, record.on, values, vietnamese))
        rows = [
            {"label": label, "text": text} for name, label, text in found if not is_balance(name)
        ]
        return {"own_fields": rows, "own": {name: text for name, _label, text in found}}

    def _address(self, village: str) -> str:
        title = agencies.province_title(self.rules, self.on)
        if self.where.district is None and self.on < TWO_TIER:
            self.remark(
                _(
                    "Until 30/06/2025 an address names the district: no list of units and no "
                    "record names that of {commune}."
                ).format(commune=self.where.text)
            )
        return agencies.address(village, self.where, title)

    def _at(self) -> str:
        """Return the club with where it is; its village once, where the name ends with it."""
        if bare(self.club).endswith(bare(self.village)):
            return f"{self.club}, {self._address('')}"
        return f"{self.club} tại {self._address(self.village)}"

    def composition(self, on: date | None = None) -> Composition:
        """Count the members, with the age that the province, else the law, calls elderly.

        Of the paper's day, unless another is given.
        """
        asked = on or self.on
        age = self.rules.needed("membership.elderly_age", asked)
        return self.dossier.composition(asked, int(age.value))

    def make_up(self) -> Values:
        """Return the member count and each share, with what the province states.

        ``document`` is what states it, in full, and ``again`` the same from then on; ``None`` where
        nothing is stated, and a paper has no column for it.
        """
        found = self.composition()
        size = self.stipulated("membership.size")
        total = number(found.members) if found.members else None
        whole = {
            "label": "Tổng số thành viên",
            "count": total,
            "percent": "",
            "stated": _worded(size, _size(size.value)) if size.status == "value" else self.silence,
            "source": size.source if size.status == "value" else "",
        }
        shares = []
        for share in SHARES:
            stated = self.stipulated(f"membership.{share}_share")
            if share == "young" and stated.status != "value":
                continue  # no document of the province knows such a group
            shares.append(_share(found, share, stated, self.silence))
        programme = self.rules.policy.period(self.on)
        if not any(row["source"] for row in (whole, *shares)):
            programme = None
        again = cited_again(programme) if programme else None
        rows = [{**row, "article": article(row["source"], again)} for row in (whole, *shares)]
        return {
            "total": total,
            "elderly_age": found.elderly_age,
            "estimated": found.estimated,
            "document": cited(programme) if programme else None,
            "again": again,
            "shares": rows[1:],
            "rows": rows,
        }

    def members(self) -> list[Values]:
        """Return the member list as the traditional table has it: births under Nam and under Nữ.

        In a list by villages (tổ, thôn) the first member of each has its name as ``group``.
        """
        listed = self.dossier.members(self.on)
        begins = self._group_begins()
        return [
            {
                "no": place,
                "group": (one.village or "") if place in begins else "",
                "name": words.person(one.name),
                "male_born": words.born(one.born) if one.sex == "M" else "",
                "female_born": words.born(one.born) if one.sex == "F" else "",
                "village": one.village or "",
                "circumstance": PAPER_CIRCUMSTANCES.get(one.circumstance or "", ""),
            }
            for place, one in enumerate(listed, start=1)
        ]

    def _group_begins(self) -> frozenset[int]:
        """Return where each village begins; nothing where the list does not go by villages."""
        listed = self.dossier.members(self.on)
        begins = [
            place
            for place, one in enumerate(listed, start=1)
            if place == 1 or one.village != listed[place - 2].village
        ]
        villages = {one.village for one in listed}
        by_village = 1 < len(villages) == len(begins) < len(listed) and all(villages)
        return frozenset(begins if by_village else ())

    @property
    def grouped(self) -> bool:
        """Whether the list goes by villages, which then are lines between the members."""
        return bool(self._group_begins())

    def one_village(self) -> str | None:
        """Return the village of all members; ``None`` where they are of several, or of none."""
        found = {one.village for one in self.dossier.members(self.on)}
        return next(iter(found)) if len(found) == 1 else None

    def board(self) -> list[Values]:
        """Return the board, the chair first."""
        posts = self.dossier.board(self.seq)
        ordered = sorted(posts, key=post_order)
        return [
            {"no": place, "post": paper_post(post), **self.person(posts[post])}
            for place, post in enumerate(ordered, start=1)
        ]

    def unnamed_board(self) -> Iterator[Values]:
        """Yield lines for a board that is still to be chosen."""
        for place, post in enumerate(PAPER_POSTS, start=1):
            yield {"no": place, "post": paper_post(post), **self.person(None)}

    def person(self, id_: str | None) -> Values:
        """Return how somebody is written; all blanks for nobody."""
        one = self.dossier.people.get(id_ or "", Listed("", None))
        return {
            "name": words.person(one.name),
            "address": PAPER_ADDRESS.get(one.sex or "", words.EITHER),
            "sex": PAPER_SEXES.get(one.sex or "", ""),
            "born": words.born(one.born),
        }

    def chair(self) -> Values:
        """Return the board's chair (Chủ nhiệm)."""
        return self.in_post("chair")

    def in_post(self, post: str) -> Values:
        """Return who holds a post of the board."""
        return self.person(self.dossier.board(self.seq).get(post))

    def funds(self) -> list[Values]:
        """Return what each fund holds by the books, in figures and in words.

        A fund without any entry holds what the last supervision counted, which ``by`` says; without
        one it is not known to be empty: a blank. One that the document does not ask for is there
        only if the club has it.
        """
        seen = self.earlier("supervise")
        by = f"(theo biên bản giám sát {words.day(seen.on)})" if seen else ""
        found = []
        for fund, held in self.held().items():
            counted_ = seen.field(balance_field(fund)) if seen else None
            holds = counted_ if held is None else held
            if holds is not None or self._asked_for(fund):
                mark = by if held is None and holds is not None else ""
                found.append({"name": self.paper_fund(fund), "by": mark, **amount(holds)})
        return found or [{"name": words.ANY_FUND, "by": "", **amount(None)}]

    def held(self, on: date | None = None) -> dict[str, int | None]:
        """Return what is in each fund of the province on a day, ``None`` without an entry."""
        day = on or self.on
        return balances(self.dossier.ledger(day), fund_ids(self.rules.policy, day))

    def counted(self, seen: Record | None) -> Iterator[Values]:
        """Yield what a supervision counted in each fund, to be filled in by hand without one.

        In one that is recorded, a fund that nobody counted and that has no entry is marked so.
        """
        for fund, held in self.held(seen.on if seen else None).items():
            there = seen.field(balance_field(fund)) if seen else None
            text = NO_ENTRY if seen and there is None and held is None else None
            if there is not None:
                money = amount(there)
                text = f"{money['amount']} ({money['in_words']})"
            yield {"label": f"Số dư {lower_first(self.fund_title(fund))}", "text": text}

    def _asked_for(self, fund: str) -> bool:
        asked = self.rules.stated("fund.kinds", self.on)
        minimum = self.rules.stated("fund.income_minimum", self.on)
        named = asked.status == "value" and fund in asked.value
        return named or (fund == FundKind.INCOME and minimum.status == "value")

    def paper_fund(self, fund: str) -> str:
        """Return what papers call a fund, one of the province's own too."""
        return paper_fund(fund, fund_labels(self.rules.policy))

    def paper_source(self, source: str) -> str:
        """Return what papers call a source of money, one of the province's own too."""
        return paper_source(source, source_labels(self.rules.policy))

    def fund_title(self, fund: str) -> str:
        """Return a fund's name; a remark says so where no document of the province has it."""
        if fund in PAPER_FUNDS and not self._asked_for(fund):
            self.general(PAPER_FUNDS[fund])
        return self.paper_fund(fund)

    def general(self, what: str) -> None:
        """Remark that something in the paper is the general procedure's, no province's provision.

        A paper to be signed has no such notes in it.
        """
        self.remark(f"{upper_first(what)}: {general_citation()}.")

    def received(self) -> list[Values]:
        """Return the grants and contributions that were not reversed, in order of their day."""
        kinds = (EntryKind.GRANT, EntryKind.CONTRIBUTION)
        return [
            {
                "date": dmy(line.entry.on) if line.entry.on else "",
                "source": line.entry.donor or self.paper_source(line.entry.source),
                "fund": self.paper_fund(line.entry.fund),
                "document": line.entry.document,
                **amount(line.entry.amount),
            }
            for line in self.dossier.ledger(self.on)
            if line.entry.kind in kinds and line.reversed_by is None
        ]

    def activities(self, ids: Iterable[str]) -> list[str]:
        """Return what a club does by the labels of the province's list, else of the general one."""
        labels: dict[str, str] = {}
        for rules in (self.rules.general, self.rules.policy):
            for key in ("activities.list", "activities.optional"):
                found = rules.on(key, self.on)
                labels |= {one["id"]: one["label"] for one in found.value or ()}
        return [words.spelled_out(labels.get(one, one)) for one in ids]

    @property
    def lists_activities(self) -> bool:
        """Whether a document in force on the paper's day names what a club does."""
        return self.rules.stated("activities.list", self.on).status == "value"

    def submission(self) -> Values:
        """Return the number and the day of the proposal."""
        found = self.earlier("propose")
        symbol = f"TTr-{self.proposer.symbol or words.SHORT_BLANK}"
        typed = found.field("submission.number") if found else None
        return {
            "number": paper_number(typed, symbol),
            "date": words.day(found.on if found else None),
        }

    def establishment(self) -> Values:
        """Return the number and the day of the decision that established the club."""
        found = self.earlier("approve")
        typed = found.field("decision.number") if found else None
        return {
            "number": paper_number(typed, "QĐ-UBND"),
            "date": words.day(found.on if found else None),
        }


def _size(value: Any) -> str:
    low, high = value.get("min"), value.get("max")
    if high is None:
        return f"Ít nhất {low} người"
    return f"Từ {low} đến {high} người" if low is not None else f"Nhiều nhất {high} người"


def _known(name: str) -> str | None:
    """Return a name, ``None`` for one that is not known."""
    return None if name == words.BLANK else name


def article(source: str, again: str | None) -> str:
    """Return an article without its document, where that was named already."""
    return source.removeprefix(f"{again}, ") if again else source


def _worded(stated: Resolution, text: str) -> str:
    """Return what a document states, a goal as the goal it is (phấn đấu)."""
    return f"Phấn đấu {lower_first(text)}" if stated.force == "goal" else text


def _share(found: Composition, share: str, stated: Resolution, silence: str) -> Values:
    count = counted(found, share)
    bounds = Bounds.of(stated.value) if stated.status == "value" else None
    limits = tuple(end for end in (bounds.low, bounds.high) if end is not None) if bounds else ()
    return {
        "label": PAPER_SHARES[share].format(age=found.elderly_age),
        "count": number(count) if found.members else None,
        "percent": percent(count, found.members, limits=limits) if found.members else None,
        "stated": _worded(stated, _read(stated, bounds)) if bounds else silence,
        "source": stated.source or "",
    }


def _read(stated: Resolution, bounds: Bounds) -> str:
    """Return a share as the document has it: a bare number stays one, however it is read."""
    if stated.reading and bounds.high is None:
        return f"{bounds.low}%"
    return _bounds(bounds)


def _bounds(bounds: Bounds) -> str:
    if bounds.high is None:
        return f"Ít nhất {bounds.low}%"
    if bounds.low is None:
        return f"Nhiều nhất {bounds.high}%"
    return f"Từ {bounds.low}% đến {bounds.high}%"
