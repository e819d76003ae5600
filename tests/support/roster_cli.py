"""An office at the command line: a database of its own, officers, and answers held to schemas."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from support.commands import Commands

from engine.lifecycle.registry import Registry, make_registry, open_registry
from engine.model import Officer, Role

PROVINCE = "bac_ninh"
COMMUNE = "phường Đình Bảng"
DISTRICT = "Thị xã Từ Sơn"
OFFICERS = (
    Officer("quan_tri", "Quản trị", Role.ADMIN, PROVINCE),
    Officer("hoi", "Hội NCT phường", Role.ASSOCIATION, PROVINCE, COMMUNE),
    Officer("ubnd", "UBND phường", Role.COMMITTEE, PROVINCE, COMMUNE),
    Officer("tinh", "Hội NCT tỉnh", Role.PROVINCE, PROVINCE),
    Officer("hoi_ban", "Hội NCT phường khác", Role.ASSOCIATION, PROVINCE, "phường Tân Hồng"),
)
_DATABASES: dict[str, tuple[bytes, str]] = {}
HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Thôn", "Diện hộ", "CCCD", "SĐT")


class Office(Commands):
    """The offices of a commune, on a real database file."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        super().__init__(folder, monkeypatch, capsys)
        monkeypatch.setenv("CLB_HOME", str(folder))
        monkeypatch.setenv("CLB_OFFICER", "hoi")
        self.prepared("officers", self._add_officers)

    def prepared(self, name: str, build: Callable[[], str]) -> str:
        """Work on a database that ``build`` makes once; return what it returned then."""
        if name not in _DATABASES:
            made = build()
            _DATABASES[name] = self.database.read_bytes(), made
        data, made = _DATABASES[name]
        self.database.write_bytes(data)
        return made

    def _add_officers(self) -> str:
        registry, _made = make_registry(str(self.database))
        registry.officers.add(OFFICERS[0], by=None)
        for officer in OFFICERS[1:]:
            registry.officers.add(officer, by=OFFICERS[0].id)
        registry.store.close()
        return ""

    def error(self, *args: str | Path, code: int) -> str:
        """Run one command that must fail and return the code of its error."""
        answer = self.run(*args, "--json")
        assert answer.code == code, answer.out + answer.err
        return str(answer.data["error"]["code"])

    def registry(self) -> Registry:
        """Open the database that the commands use."""
        return open_registry(str(self.database))

    def decided_club(self) -> str:
        """Return a club of 1 August 2021 with a decision of 1 September."""

        def build() -> str:
            club = self.open_club()
            self.decide(club, "2021-09-01")
            return club

        return self.prepared("decided", build)

    def open_club(self, village: str = "Thôn Đông", on: str = "2021-08-01") -> str:
        """Open a club's file and return its id."""
        made = self.run(
            *("club", "open", "--province", PROVINCE, "--commune", COMMUNE, "--village", village),
            *("--name", f"CLB {village}", "--on", on, "--set", f"district={DISTRICT}", "--json"),
        )
        assert made.code == 0, made.out
        return str(made.data["club"])

    def decide(self, club: str, on: str) -> None:
        """Take a club from its file to the decision, on one day."""
        acks = [
            part
            for code in ("SIZE", "ELDERLY", "YOUNG", "WOMEN", "POOR")
            for part in ("--ack", f"CLB-COMP-{code}=đã biết")
        ]
        aspects = ("conditions", "criteria", "organisation", "personnel", "finance")
        met = [part for one in aspects for part in ("--set", f"appraisal.{one}=met")]
        self.advance(club, "propose", "submission.number=1", f"submission.date={on}", *acks)
        self.advance(
            *(club, "approve", f"decision.number=5/{club}", f"decision.date={on}"),
            *("decision.signer=Nguyễn Văn Ký", "decision.title=Chủ tịch", *met, *acks),
            *("--as", "ubnd"),
        )

    def advance(self, club: str, step: str, *rest: str) -> None:
        """Take a step that must go through; ``path=value`` texts are fields of its form."""
        fields: list[str] = []
        options = list(rest)
        while options and not options[0].startswith("--"):
            fields += ["--set", options.pop(0)]
        done = self.run("advance", club, step, *fields, *options)
        assert done.code == 0, done.err

    def csv(
        self, name: str, rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS
    ) -> Path:
        """Write a list as a CSV file that Excel would write."""
        path = self.folder / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([headings, *rows])
        return path

    def members(self, club: str) -> list[dict[str, Any]]:
        """Return a club's list."""
        found: list[dict[str, Any]] = self.json("member-list", "member", "list", club)
        return found

    def whole(self, club: str) -> list[dict[str, Any]]:
        """Return a club's list with whole numbers, which is an event."""
        full = ("member", "list", club, "--full", "--reason", "kiểm tra danh sách")
        found: list[dict[str, Any]] = self.json("member-list", *full)
        return found

    def events(self, club: str) -> list[dict[str, Any]]:
        """Return what the log has of a club."""
        found: list[dict[str, Any]] = self.run("club", "history", club, "--json").data
        return found


def row(
    number: int,
    name: str,
    born: str = "1950",
    sex: str = "Nữ",
    circumstance: str = "",
    id_number: str = "",
    phone: str = "",
    village: str = "Thôn Đông",
) -> tuple[str, ...]:
    """Return a row of a list under ``HEADINGS``."""
    return (str(number), name, born, sex, village, circumstance, id_number, phone)
