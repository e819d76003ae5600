"""The same twelve steps written by hand for one province: what the engine is measured against.

No plugin, policy file, schema, machine, catalogue of messages or model: the document's values and
the rules are written in the code. But the same reads that a rule needs, the same judgements, the
same event with the same chain, the same rows, the same lock and fsync: ``step.differences`` holds
the two logs and all tables against each other.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from bench.by_hand_data import Club, Data, Row
from bench.by_hand_forms import checked
from bench.by_hand_rules import (
    BALANCE,
    BEFORE,
    MOVES,
    OUTCOMES,
    PLANS,
    PROGRAMME,
    RULES,
    Facts,
    Finding,
    born_by,
    commune_fold,
)
from engine.lifecycle.people import Member
from engine.vietnamese.text import bare, key

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
POSTS = ("chair", "vice", "secretary", "treasurer")
LIFE_STEPS = frozenset({"supervise", "review"})
KEYS = {"name": key, "commune": commune_fold, "village": key}


class RefusedError(Exception):
    """A step that may not be taken."""


def code(length: int) -> str:
    """Return random letters, five bits each."""
    bits = secrets.randbits(5 * length)
    return "".join(LETTERS[bits >> 5 * place & 31] for place in range(length))


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class ByHand:
    """The program. ``data`` is where its rows are, so that a peer can keep them otherwise."""

    def __init__(self, data: Data, province: str, policy: Mapping[str, str], engine: str) -> None:
        self.data = data
        self.province = province
        self.policy = policy
        self.engine = engine

    def open(self, form: Mapping[str, Any], officer: str, reasons: Mapping[str, str]) -> str:
        """Open a club's file; return its id."""
        tidied, fields = checked("open", form)
        club = Club(f"BN-{code(8)}", self.province, "", fields["commune"])
        self.data.begin()
        try:
            self._take("open", club, tidied, fields, officer, reasons, ())
        except BaseException:
            self.data.rollback()
            raise
        self.data.commit()
        return club.id

    def advance(
        self,
        club: str,
        step: str,
        form: Mapping[str, Any],
        officer: str,
        reasons: Mapping[str, str],
        members: Sequence[Member] = (),
    ) -> str:
        """Take a step, durably; return the state."""
        seen = self.data.club(club)
        tidied, fields = checked(step, form)
        self.data.begin()
        try:
            state = self._within(seen, step, tidied, fields, officer, reasons, members)
        except BaseException:
            self.data.rollback()
            raise
        self.data.commit()
        return state

    def advance_within(self, club: str, step: str, form: Mapping[str, Any], officer: str) -> str:
        """Take a step inside a transaction that the caller holds."""
        seen = self.data.club(club)
        tidied, fields = checked(step, form)
        return self._within(seen, step, tidied, fields, officer, {}, ())

    def _within(
        self,
        seen: Club,
        step: str,
        form: dict[str, Any],
        fields: dict[str, Any],
        officer: str,
        reasons: Mapping[str, str],
        members: Sequence[Member],
    ) -> str:
        club = self.data.club(seen.id)
        if (club.state_seq, club.state) != (seen.state_seq, seen.state):
            raise RefusedError("somebody else changed it")
        return self._take(step, club, form, fields, officer, reasons, members)

    def _take(
        self,
        step: str,
        club: Club,
        form: dict[str, Any],
        fields: dict[str, Any],
        officer: str,
        reasons: Mapping[str, str],
        members: Sequence[Member],
    ) -> str:
        plan, moment = PLANS[step], datetime.now(UTC)
        on = date.fromisoformat(fields[plan.happened_on])
        day = on.isoformat()
        facts = self._facts(step, club, fields, on)
        facts.officer = officer
        personal: list[Row] = []
        if step == "roster":
            personal = self._members(facts, club, members)
        elif step == "set_board":
            self._board(facts, club, form)
        role, findings = self._guards(step, club, on, moment, self.data.officers(officer))
        more, effects = RULES[step](club, fields, on, facts)
        acknowledged = _refuse(findings + more, reasons)
        to = self.move(step, club.state, fields)
        seq = club.seq + 1
        body = {
            "v": 1,
            "stream": f"club:{club.id}",
            "seq": seq,
            "step": step,
            "from": club.state or None,
            "to": to,
            "on": day,
            "recorded_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "officer": officer,
            "role": role,
            "form": form,
            "acknowledged": acknowledged,
            "effects": {name: part for name, part in effects.items() if part},
            "policy": self.policy,
            "engine": self.engine,
            "prev": club.head,
        }
        text = canonical(body)
        head = sha256(text.encode()).hexdigest()
        row = (body["stream"], seq, self.province, step, body["from"], to, day)
        self.data.insert_event((*row, body["recorded_at"], officer, text, head))
        self._fold(step, club, to, seq, day, effects, head)
        if personal:
            self.data.insert_members(
                [
                    (
                        club.id,
                        one["member"],
                        self.province,
                        one["sex"],
                        one["born"],
                        one.get("circumstance"),
                        one.get("joined_on", day),
                        one["commit"],
                    )
                    for one in effects["roster"]
                ],
                personal,
            )
        return to

    def move(self, step: str, state: str, fields: Mapping[str, Any]) -> str:
        """Return where the step leads. Raises ``RefusedError``."""
        to = MOVES.get((step, state, fields[OUTCOMES[step]] if step in OUTCOMES else None))
        if to is None:
            raise RefusedError(f"{step} from {state}")
        return to

    def _facts(self, step: str, club: Club, fields: Mapping[str, Any], on: date) -> Facts:
        """Read what the step needs."""
        data, needs, facts = self.data, PLANS[step].needs, Facts()
        if "composition" in needs:
            counts = data.composition(club.id, born_by(on), on.isoformat())
            facts.composition = tuple(count or 0 for count in counts)
        if "tasks" in needs:
            facts.tasks = data.tasks(club.id)
        if "board" in needs:
            facts.board = data.board(club.id)
        if "ledger" in needs:
            facts.ledger = data.ledger(club.id)
        if "supervisions" in needs:
            facts.supervisions = data.supervisions(club.id)
        if "reviews" in needs:
            facts.reviews = data.reviews(club.id)
        if "founders" in needs:
            facts.founders = data.founders(club.id)
        year = f"{on.year}"
        if "decided" in needs:
            facts.count = data.decided(self.province, year, club.id)
        if "granted" in needs:
            facts.count = data.granted(self.province, year, fields["source"], club.id)
            facts.spent = data.spent(self.province, PROGRAMME, fields["source"], club.id)
        if "same_name" in needs:
            place = commune_fold(fields["commune"]), key(fields["village"])
            facts.count = data.same_name(self.province, *place, key(fields["name"]))
        return facts

    def _guards(
        self, step: str, club: Club, on: date, moment: datetime, officers: list[Row]
    ) -> tuple[str, list[Finding]]:
        """Judge day, role and scope; return the role in which the officer acts."""
        plan, found = PLANS[step], []
        if not officers:
            raise LookupError("officer")
        if on > moment.astimezone().date():
            found.append(("block", "CLB-DATE-FUTURE", f"{on} is still to come"))
        floor = club.opened_on if plan.record else club.state_on
        if floor and on.isoformat() < floor:
            found.append(("block", "CLB-DATE-ORDER", f"{on} is before {floor}"))
        fitting = [row for row in officers if row[2] in plan.roles] or officers
        id_, _name, role, province, commune, commune_id = fitting[0]
        if role not in plan.roles:
            found.append(("block", "CLB-ROLE", f"{id_} may not {step}"))
        if province != club.province or not (
            role in ("province", "admin")
            or commune == club.commune
            or (commune_id is not None and commune_id == club.commune_id)
            or commune_fold(commune) == commune_fold(club.commune)
        ):
            found.append(("block", "CLB-SCOPE", f"{id_} does not act there"))
        return role, found

    def _members(self, facts: Facts, club: Club, members: Sequence[Member]) -> list[Row]:
        """Give the members ids and commitments; return who they are, kept outside the log."""
        personal: list[Row] = []
        for one in members:
            id_, salt = f"M{code(7)}", secrets.token_hex(32)
            identity = {
                "name": one.name,
                "id_number": one.id_number,
                "phone": one.phone,
                "village": one.village,
                "note": one.note,
            }
            commit = sha256(bytes.fromhex(salt) + canonical(identity).encode()).hexdigest()
            change = {"op": "add", "member": id_, "sex": one.sex, "born": one.born}
            if one.circumstance is not None:
                change["circumstance"] = one.circumstance
            if club.state in BEFORE:
                change["joined_on"] = club.opened_on
            change["commit"] = commit
            facts.roster.append(change)
            personal.append(
                (
                    club.id,
                    id_,
                    self.province,
                    one.name,
                    bare(one.name),
                    one.id_number,
                    one.phone,
                    one.village,
                    one.note,
                    salt,
                )
            )
        return personal

    def _board(self, facts: Facts, club: Club, form: dict[str, Any]) -> None:
        """Put ids in the place of names."""
        named = {post: form[post] for post in POSTS if post in form}
        found: dict[str, list[str]] = {}
        for id_, name in self.data.named(club.id, [bare(name) for name in named.values()]):
            found.setdefault(key(name), []).append(id_)
        for post, name in named.items():
            ids = found.get(key(name), [])
            if len(ids) != 1:
                raise RefusedError(f"{name}: {len(ids)} members")
            form[post] = facts.posts[post] = ids[0]

    def _fold(
        self, step: str, club: Club, to: str, seq: int, day: str, effects: Any, head: str
    ) -> None:
        """Put an event into the tables."""
        data = self.data
        values: dict[str, Any] = {"seq": seq, "head": head, "state": to}
        if to != club.state or step in LIFE_STEPS:
            values |= {"state_seq": seq, "state_on": day}
        values |= effects.get("fields", {})
        if step == "open":
            values |= {f"{name}_key": fold(values[name]) for name, fold in KEYS.items()}
            data.insert("club", {"id": club.id, **values})
        else:
            data.update_club(club.id, values)
        for one in effects.get("closed", ()):
            done = (one["outcome"], one.get("days_late", 0))
            data.close_task(seq, day, *done, club.id, one["kind"])
        for one in effects.get("opened", ()):
            row = {"club": club.id, "kind": one["kind"], "opened_seq": seq}
            row |= {"province": self.province, "due_on": one.get("due_on")}
            data.insert("task", {**row, "role": one["role"], "source": one.get("source")})
        own = {"club": club.id, "seq": seq, "province": self.province, "on_date": day}
        for one in effects.get("ledger", ()):
            data.insert("ledger", own | one)
        for post, person in effects.get("board", {}).items():
            row = {"club": club.id, "post": post, "province": self.province}
            data.insert("board", {**row, "person": person, "since": day})
        for one in effects.get("records", ()):
            row = own | one
            table = row.pop("table")
            for name in [name for name in row if name.endswith(BALANCE)]:
                fund = {"fund": name.removesuffix(BALANCE), "balance": row.pop(name)}
                key = {"club": club.id, "supervision": seq, "province": self.province}
                data.insert("supervision_balance", key | fund)
            data.insert(table, row)


def _refuse(findings: list[Finding], reasons: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what was acknowledged. Raises ``RefusedError``."""
    if not findings:
        return []
    blocks = [finding for finding in findings if finding[0] == "block"]
    warnings = dict.fromkeys(finding[1] for finding in findings if finding[0] == "warn")
    if blocks or not warnings.keys() <= set(reasons):
        raise RefusedError(str(findings))
    return [{"code": code, "reason": reasons[code]} for code in warnings]
