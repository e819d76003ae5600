"""Forms, and what people type."""

import json
from typing import Any

from bench import life
from bench.fuzz.office import TODAY, office
from bench.fuzz.readers.reader import Reader, context, readable, text
from engine.cli.run_step import acknowledged, pairs
from engine.cli.step import fill, read_form
from engine.cli.typed import step_named
from engine.errors import ClbError
from engine.roster import cells
from engine.rules.calendar import Period
from engine.store.url import parse as parse_url
from engine.vietnamese.text import decision_number, parse_date


def _dry_run(step: str, form: dict[str, Any], officer: str) -> object:
    lifecycle = office().registry.lifecycle
    return lifecycle.advance(office().club, step, form, officer=officer, dry_run=True)


def _form(data: bytes) -> object:
    """Read a form from a file, the step and the officer being named in a line before it."""
    head, _newline, rest = data.partition(b"\n")
    step, _space, officer = readable(head).partition(" ")
    form = read_form(office().file("form.json", rest))
    return _dry_run(step, form, officer or life.ASSOCIATION)


def _assignments(data: bytes) -> object:
    """Read fields as they are typed; the step, and a form from a file, are in a line before."""
    head, *typed = readable(data).split("\n")
    named, _space, given = head.partition(" ")
    step = step_named(named)
    form = read_form(office().file("form.json", given.encode())) if given else {}
    club = office().registry.lifecycle.club(office().club)
    fill(context(), club, step, form, tuple(typed), None)
    return _dry_run(step, form, life.ASSOCIATION)


FORMS: dict[str, dict[str, Any]] = {
    "meeting ubnd": {"date": "2022-03-01", "attendance": 40, "activities": ["health_care"]},
    f"fund {life.TOWN}": {**life.GRANT, "date": "2022-05-04", "fund": "operating"},
    f"supervise {life.TOWN}": {**life.SUPERVISION, "date": "2022-04-01"},
    "set_board hoi_nct": {"date": "2022-04-01", "chair": life.people()[0].name, "secretary": "M1"},
    "correct hoi_nct": {
        "seq": 6,
        "changes": {"course": {"days": 2, "start": "2021-09-14"}},
        "reason": "gõ nhầm",
        "document": "BB 1",
    },
    "annul ubnd": {"seq": 7, "reason": "gõ nhầm", "document": "QĐ 2"},
    "edit_member hoi_nct": {"member": life.people()[0].name, "changes": {"born": "1950"}},
}


def _forms() -> list[bytes]:
    return [
        f"{head}\n{json.dumps(form, ensure_ascii=False)}".encode() for head, form in FORMS.items()
    ]


def _typed_forms() -> list[bytes]:
    def lines(form: dict[str, Any], before: str = "") -> list[str]:
        found = []
        for name, value in form.items():
            if isinstance(value, dict):
                found += lines(value, f"{before}{name}.")
            else:
                text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
                found.append(f"{before}{name}={text}")
        return found

    found = ["\n".join([head.split()[0], *lines(form)]) for head, form in FORMS.items()]
    found.append('correct {"seq": 6, "changes": {"course": {"days": 2}}}\nchanges.course.days=3')
    found.append('meeting {"activities": ["savings"]}\nactivities=health_care\ndate=1/3/2022')
    return [one.encode() for one in found]


def _typed(data: bytes) -> object:
    """Read one text as everything that people type in a line of its own."""
    text = readable(data)
    found = []
    for read in (
        parse_date,
        Period.parse,
        lambda typed: decision_number(typed, "QĐ-UBND"),
        cells.read_name,
        cells.read_identity,
        cells.read_phone,
        lambda typed: cells.read_born(typed, TODAY),
        lambda typed: pairs((typed,)),
        lambda typed: acknowledged((typed,)),
        lambda typed: _dry_run("fund", {**life.GRANT, "amount": typed}, life.TOWN),
        _amount,
    ):
        try:
            found.append(read(text))
        except ClbError as error:
            found.append(error.code)
    return found


def _amount(text: str) -> object:
    from engine.rules import forms
    from engine.vietnamese.text import dong_in_words

    return dong_in_words(forms.read_value(forms.field("fund", "amount"), text))


TYPED = (
    "2021-07-28",
    "28/7/2021",
    "28 . 7 . 2021",
    "2022H1",
    "6 tháng đầu năm 2022",
    "năm 2022",
    "Số: 05/QĐ-UBND",
    "12a/QĐ-UBND",
    "1.234.567 đồng",
    "-25.000",
    "Nguyễn Thị Ước",
    "001150000001",
    "+84 912 345 678",
    "02/05/1950",
    "1950-05",
    "CLB-BUDGET-YEAR=ngoài kế hoạch",
)

URLS = (
    "clb.sqlite3",
    "~/so/clb.sqlite3",
    "sqlite:////tmp/a%20b.sqlite3",
    "sqlite:///C:/clb.sqlite3",
    "postgresql://user:p%40ss@host:5432/clb?sslmode=require&password=x",
    "postgres://host,other:5433/clb#x",
    "postgresql://[::1]:5432/clb",
    "mysql://user:secret@host/db",
    "host=localhost user=a password=b",
)


def _url(data: bytes) -> object:
    found = parse_url(text(data))
    return str(found), found.path, found.without_password(text(data))


READERS = (
    Reader(
        "form",
        "forms as JSON (`--form`)",
        _form,
        _forms,
        ("changes", '"seq": ', "1e5", "-0", "\\ud800", "null", "true", "NaN"),
        json=True,
    ),
    Reader(
        "set",
        "fields of a form (`--set`)",
        _assignments,
        _typed_forms,
        ("changes.", "course.start=", "amount=", "[", '{"a":', "seq=1"),
    ),
    Reader(
        "typed",
        "days, periods, amounts, numbers and names that are typed",
        _typed,
        lambda: [one.encode() for one in TYPED],
        ("/", "tháng", "đồng", "năm", "H2", "2022", "QĐ"),
    ),
    Reader(
        "url",
        "names of databases",
        _url,
        lambda: [one.encode() for one in URLS],
        ("sqlite:", "postgresql://", "@", ":", "%", "[::1]", "password=", "~"),
    ),
)
