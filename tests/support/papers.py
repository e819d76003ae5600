"""A club of each province whose life has left a record for every paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from support.core import Core, roster

from engine.documents.papers import Contents, paper, papers
from engine.documents.render import Filled, Template, template
from engine.lifecycle.people import Member
from engine.lifecycle.registry import Registry, make_registry
from engine.model import Officer, Role
from engine.reports.dossier import Dossier
from engine.scenario.people import People
from engine.scenario.world import StillClock
from engine.states import guards
from engine.states import step as find_step

ALL = tuple(one.id for one in papers())
KINDS = tuple(one.id for one in papers() if not one.of_club)
"""What an office issues; the other papers a club writes itself."""
ACTORS = {
    Role.ADMIN: "quan_tri",
    Role.ASSOCIATION: "hoi",
    Role.COMMITTEE: "ubnd",
    Role.PROVINCE: "tinh",
}
DECIDER = "chu_tich"
"""A second officer of the committee: who proposed does not decide."""


@dataclass(frozen=True)
class Setting:
    """Where a club lives, when its file is opened and who is in it."""

    commune: str
    village: str
    year: int
    members: Mapping[str, int] = field(
        default_factory=lambda: {"elderly": 49, "women": 45, "poor": 44}
    )
    name: str = "CLB Liên thế hệ tự giúp nhau {village}"
    district: str | None = None


SETTINGS = {
    "bac_ninh": Setting("phường Đình Bảng", "Khu phố Đình", 2022, district="Thị xã Từ Sơn"),
    "hai_phong": Setting("Xã An Hòa", "Thôn Ngọ Dương", 2021, district="Huyện An Dương"),
    "ha_noi": Setting("Phường Sơn Tây", "Tổ dân phố 4", 2027),
    "hoa_binh": Setting("Xã Tú Sơn", "Xóm Bãi Chạo", 2019),
}
PROVINCES = tuple(SETTINGS)


class Office:
    """A registry of one province with one club in it."""

    def __init__(self, path: Path, province: str, setting: Setting | None = None) -> None:
        self.setting = setting or SETTINGS[province]
        self.province = province
        self.clock = StillClock(date(self.setting.year + 3, 6, 30))
        registry, _made = make_registry(str(path), clock=self.clock)
        for role, id_ in ACTORS.items():
            local = role in (Role.ASSOCIATION, Role.COMMITTEE)
            add_officer(registry, id_, role, self.setting.commune if local else None, province)
        add_officer(registry, DECIDER, Role.COMMITTEE, self.setting.commune, province)
        self.core = Core(registry, self.clock, province)
        self.club = ""

    def people(self) -> tuple[Member, ...]:
        """Return who is to be in the club."""
        made_of = dict(self.setting.members)
        return People(7).members(70, self.day(1, 5), self.setting.village, **made_of)

    def day(self, month: int, day: int, later: int = 0) -> date:
        """Return a day of the club's first year, or of a later one."""
        return date(self.setting.year + later, month, day)

    def who(self, step: str, on: date) -> str:
        """Return the officer who takes a step by the province's policy."""
        rules = self.core.registry.provinces.rules(self.province)
        return ACTORS[guards.allowed_roles(find_step(step), rules, on)[0][0]]

    def open(self, name: str | None = None, district: str | None = None) -> str:
        """Open the club's file and give it members and a board."""
        on, where = self.day(1, 5), self.setting
        title = name or where.name.format(village=where.village)
        form = {
            "date": on.isoformat(),
            "name": title,
            "commune": where.commune,
            "village": where.village,
        }
        if district is not None:
            form["district"] = district
        early = {"CLB-OPEN-BEFORE": "Hồ sơ lập trước văn bản của tỉnh"}
        made = self.core.life.open(
            self.province, form, officer=self.who("open", on), acknowledged=early
        )
        self.club = made.club
        people = self.people()
        self.take("roster", on, {"added": len(people)}, prepare=roster(people))
        chosen = {
            "chair": people[0].name,
            "vice": people[1].name,
            "secretary": people[2].name,
            "treasurer": "Nguyễn Văn Ngoài",
        }
        self.take("set_board", on, chosen)
        return self.club

    def take(
        self, step: str, on: date, changes: Mapping[str, Any] | None = None, **how: Any
    ) -> None:
        """Take a step with a complete form, by whom the policy says, in spite of warnings."""
        officer = how.pop("officer", None)
        if officer is None:
            officer = DECIDER if step == "approve" else self.who(step, on)
        self.core.carry(self.club, step, on, changes, officer=officer, **how)

    def found(self) -> None:
        """Lead the club to its decision, by way of a returned dossier."""
        self.open(district=self.setting.district)
        self.take("propose", self.day(1, 12), {"submission.number": "1"})
        reasons = {
            "reasons": ["Thiếu chữ ký của Chi hội.", "Danh sách chưa ghi năm sinh"],
            "supplement_by": self.day(2, 1).isoformat(),
        }
        self.take("return", self.day(1, 17), reasons)
        self.take("propose", self.day(1, 25), {"submission.number": "02/TTr-HNCT"})
        decision = {
            "decision.number": "5",
            "decision.signer": "Lê Văn Ký",
            "decision.title": "Phó Chủ tịch",
            "appraisal.date": self.day(2, 1).isoformat(),
            "appraisal.appraiser": "Phòng Văn hóa - Xã hội",
        }
        self.take("approve", self.day(2, 3), decision)

    def live(self) -> None:
        """Lead the club from its decision through all it may go through to its end."""
        self.found()
        course = {"course.start": self.day(2, 14).isoformat(), "course.topics": "Quản lý quỹ"}
        self.take("train", self.day(2, 15), course)
        gift = {"amount": 25_500_000, "source": "donor", "donor": "HelpAge", "kind": "grant"}
        self.take("fund", self.day(2, 20), gift, officer="tinh")
        self.take("launch", self.day(3, 1), {"place": "Nhà văn hóa"})
        self.take("meeting", self.day(4, 5), {"attendance": 61, "activities": ["health_care"]})
        seen = {
            "income_fund_balance": 20_000_000,
            "recommendations": "Cho vay quay vòng nhanh hơn.",
        }
        self.take("supervise", self.day(9, 1), seen)
        self.take("review", self.day(12, 20), {"year": self.setting.year})
        change = {
            "decision.number": "07",
            "chair": self.people()[4].name,
            "vice": "Trần Thị Mới",
        }
        self.take("change_board", self.day(1, 10, later=1), change)
        weak = {"income_fund_balance": 20_000_000, "conclusion": "consolidate"}
        self.take("supervise", self.day(3, 1, later=1), weak)
        self.take("consolidate", self.day(4, 20, later=1), {"decision.number": "15"})
        self.take("dissolve", self.day(7, 9, later=1), {"decision.number": "112/QĐ-UBND"})

    def paper(self, which: str, as_of: date | None = None, *, entry: int | None = None) -> Contents:
        """Return what a paper says."""
        life = self.core.life
        return paper(which).contents(
            Dossier(self.core.store, life.club(self.club)),
            self.core.registry.provinces.rules(self.province),
            units=life.gather.units(self.province),
            as_of=as_of,
            today=life.today(),
            entry=entry,
        )

    def template(self, which: str) -> Template:
        """Return the template of a paper."""
        return template(paper(which).file, self.core.registry.provinces.plugin(self.province))

    def filled(self, which: str, as_of: date | None = None) -> Filled:
        """Return a paper as a Word file."""
        return self.paper(which, as_of).filled(self.template(which))


def add_officer(registry: Registry, id_: str, role: Role, commune: str | None, where: str) -> None:
    """Add an officer by the administrator, who comes first."""
    first = not registry.officers.everybody()
    officer = Officer(id_, f"Cán bộ {id_}", role, where, commune)
    registry.officers.add(officer, by=None if first else ACTORS[Role.ADMIN])
