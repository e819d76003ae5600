"""Invented people for the sample lists: the same every time, the truth the lists are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ON = date(2022, 6, 30)

FAMILIES = "Nguyễn|Trần|Lê|Phạm|Quách|Bùi|Đinh|Đỗ|Vũ|Hoàng|Đặng|Ngô|Lường|Hà"
WOMEN = "Thị Lan|Thị Huệ|Thị Cúc|Thuý Hồng|Thị Mỵ|Thị Ngọc Yến|Thị Xuyến|Thị Ước|Kim Oanh|Thị Thoả"
MEN = "Văn Bình|Đức Chính|Hữu Dũng|Văn Quý|Xuân Hoà|Văn Khoẻ|Minh Sơn|Công Uẩn|Văn Ấm"
VILLAGES = ("Thôn Đông", "Thôn Đoài", "Xóm Mỏ", "Khu 3")
HOUSEHOLDS = {None: "", "poor": "Hộ nghèo", "near_poor": "Cận nghèo", "difficult": "Khó khăn"}
CIRCUMSTANCES = ("poor", None, "near_poor", None, "difficult", None, None)


@dataclass(frozen=True)
class Person:
    """Somebody a list is about. ``born`` is as exact as the list will be."""

    name: str
    sex: str
    born: str
    circumstance: str | None = None
    village: str | None = None
    id_number: str | None = None
    phone: str | None = None
    post: str | None = None
    note: str | None = None

    @property
    def year(self) -> str:
        return self.born[:4]

    @property
    def gender(self) -> str:
        return {"F": "Nữ", "M": "Nam"}[self.sex]

    @property
    def household(self) -> str:
        return HOUSEHOLDS[self.circumstance]

    @property
    def typed(self) -> str:
        """The birth as people type it: 02/05/1950, 05/1950 or 1950."""
        return "/".join(reversed(self.born.split("-")))


def people(count: int, start: int = 0, exact: str = "mixed") -> list[Person]:
    """Make ``count`` people, no two alike; ``exact`` is "year", "day" or "mixed"."""
    return [_person(index, exact) for index in range(start, start + count)]


def _person(index: int, exact: str) -> Person:
    woman = index % 8 < 5
    given = WOMEN.split("|") if woman else MEN.split("|")
    families = FAMILIES.split("|")
    year = 1938 + index * 7 % 22 if index % 10 < 7 else 1974 + index * 3 % 20
    month, day = 1 + index * 5 % 12, 1 + index * 11 % 28
    precision = {"year": 0, "day": 2}.get(exact, (0, 2, 0, 1, 2)[index % 5])
    return Person(
        name=f"{families[index % 14]} {given[index // 14 % len(given)]}",
        sex="F" if woman else "M",
        born=(f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}")[precision],
        circumstance=CIRCUMSTANCES[index % 7],
        village=VILLAGES[index * len(VILLAGES) // 64 % len(VILLAGES)],
        id_number=f"0{27 - index % 2 * 26:02}{int(woman)}{year % 100:02}{100000 + index * 137}",
        phone=f"09{12000000 + index * 7919}",
        note=None,
    )


def elderly(born: str) -> bool:
    """Sixty years old on the day of the lists; what is not known counts from its first day."""
    year, month, day = (*map(int, born.split("-")), 1, 1)[:3]
    return (year + 60, month, day) <= (ON.year, ON.month, ON.day)


def figures(list_of_people: Iterable[Person]) -> dict[str, int]:
    """Count what the reader has to find."""
    everybody = list(list_of_people)
    old = sum(elderly(one.born) for one in everybody)
    return {
        "members": len(everybody),
        "women": sum(one.sex == "F" for one in everybody),
        "elderly": old,
        "young": len(everybody) - old,
        "poor": sum(one.circumstance == "poor" for one in everybody),
        "near_poor": sum(one.circumstance == "near_poor" for one in everybody),
        "difficult": sum(one.circumstance == "difficult" for one in everybody),
    }
