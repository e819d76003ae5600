"""People of northern villages who do not exist, for demonstrations and tests.

One seed always gives the same people, on every version of Python: only ``random.Random.random`` is
used, whose sequence the language guarantees. Names are put together from common family, middle and
given names. Identity numbers agree with the sex and the year of birth and begin with a code that no
province has, phones with a prefix that no network issues, so neither can be somebody's.
"""

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from engine.lifecycle.people import Member
from engine.roster.model import Circumstance, Sex
from engine.vietnamese.text import key

T = TypeVar("T")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


# A name written several times is that much commoner.
_FAMILIES = _words("""
Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Phạm Phạm
Hoàng Vũ Vũ Bùi Bùi Đỗ Đỗ Đặng Ngô Dương Đinh Đào Trịnh Phan Lưu Mai Tạ Cao Chu Hà Lương Quách Tô
""")
_MIDDLES: dict[Sex, tuple[str, ...]] = {
    "F": _words("Thị Thị Thị Thị Thị Thị Thị Thu Thanh Ngọc Hồng Kim Bích"),
    "M": _words("Văn Văn Văn Văn Văn Đình Đức Hữu Xuân Quang Trọng Minh Công Bá Huy"),
}
_GIVEN_OLD: dict[Sex, tuple[str, ...]] = {
    "F": _words("""Bưởi Cúc Chắt Chuyên Dần Dậu Dung Đào Gái Hạnh Hiền Hòa Hợi Hương Khuyên Lan
        Liên Loan Lụa Lý Mão Mận Minh Mùi Na Nga Ngọ Nhâm Nhàn Nhung Nụ Oanh Phúc Quý Sen Sửu Tâm
        Thanh Thảo Thìn Thơm Thuận Tỵ Tuyết Tý Vân Xuân Yến"""),
    "M": _words("""Ba Bảy Bình Cường Chính Chung Dần Đạt Đệ Định Đông Đức Hào Hiệp Hòa Hợi Hùng Khải
        Khoa Kỷ Lâm Lập Long Lộc Luận Mạnh Mão Ngọ Nhân Ninh Phú Phúc Quang Quý Sáu Sơn Sửu Tài Tân
        Thắng Thân Thành Thìn Thịnh Thụ Toàn Tuất Tùng Tý Vinh"""),
}
_GIVEN_YOUNG: dict[Sex, tuple[str, ...]] = {
    "F": _words("""Anh Ánh Bích Chi Duyên Giang Hà Hằng Hiền Hoa Hồng Huệ Hương Huyền Lan Liên Linh
        Ly Mai My Nga Ngân Ngọc Nhung Oanh Phương Quyên Quỳnh Thảo Thu Thủy Trang Tuyết Vân Yến"""),
    "M": _words("""Anh Bắc Công Cường Dũng Duy Đạt Đức Giang Hải Hiếu Hoàng Huy Hưng Khánh Kiên Lâm
        Linh Long Mạnh Minh Nam Nghĩa Phong Phương Quân Quyết Sơn Thắng Thành Tiến Toán Trung Trường
        Tuấn Tùng Việt Vũ"""),
}
_PLACES = _words("""
Đông Đoài Thượng Hạ Trung Nội Ngoại Chùa Đình Giữa Mới Cầu Gạo Đồng_Tâm Quyết_Thắng Tân_Lập Đại_Đồng
Yên_Thịnh An_Trạch Lương_Xá Bái_Hạ Mỹ_Hương Phúc_Lâm Ngọc_Trì Thanh_Khê Đa_Hội Lễ_Xuyên Phú_Mẫn
""")
# The codes of provinces end at 096 (Cà Mau).
_UNISSUED_ID_CODES = ("097", "097", "098", "098", "098", "099", "099", "099")
_UNISSUED_PHONES = ("053", "054", "057")

_YOUNGEST_ELDERLY = 62
_OLDEST_ELDERLY = 86
_YOUNGEST = 20
_OLDEST_YOUNG = 48
_MOST_MEMBERS = 1000


class People:
    """A source of villagers; the same seed and the same calls give the same people."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  (invented people, no secret)
        self._numbers: set[str] = set()

    def village(self) -> str:
        """Return the name of a village or a street quarter: "Thôn Đông", "Khu phố 3"."""
        if self._chance(70):
            return f"Thôn {self._pick(_PLACES)}"
        return f"{self._pick(('Khu phố', 'Xóm', 'Tổ dân phố'))} {1 + self._below(12)}"

    def person(
        self,
        on: date,
        *,
        elderly: bool,
        woman: bool,
        circumstance: Circumstance | None,
        village: str | None = None,
        oldest_young_age: int = _OLDEST_YOUNG,
    ) -> Member:
        """Return a person as of the day ``on``.

        ``born`` is "1950", "1950-05" or "1950-05-02", as far as it is known. Ages keep clear of
        every threshold for the elderly (người cao tuổi): 62 and over, or ``oldest_young_age`` and
        under, counted by the year of birth. Of most elderly people only the year is known. A
        village is invented unless given.
        """
        sex: Sex = "F" if woman else "M"
        given = (_GIVEN_OLD if elderly else _GIVEN_YOUNG)[sex]
        born = self._born(on, elderly=elderly, oldest_young_age=oldest_young_age)
        return Member(
            name=f"{self._pick(_FAMILIES)} {self._pick(_MIDDLES[sex])} {self._pick(given)}",
            sex=sex,
            born=born,
            circumstance=circumstance,
            village=village if village is not None else self.village(),
            id_number=self._id_number(sex, born) if self._chance(85) else None,
            phone=self._phone() if self._chance(45 if elderly else 90) else None,
        )

    def members(
        self,
        n: int,
        on: date,
        village: str,
        *,
        elderly: int,
        women: int,
        poor: int,
        oldest_young_age: int = _OLDEST_YOUNG,
    ) -> tuple[Member, ...]:
        """Return ``n`` people of one village with exactly these counts, no two of one name.

        ``poor`` counts everyone in poor, near-poor or difficult circumstances (hộ nghèo, cận nghèo,
        hoàn cảnh khó khăn). Raises ValueError for a count outside 0..n and for more than 1.000
        people, for whom there would not be names enough.
        """
        if n > _MOST_MEMBERS:
            raise ValueError(f"{n} people, at most {_MOST_MEMBERS}")
        for count in (elderly, women, poor):
            if not 0 <= count <= n:
                raise ValueError(f"{count} of {n} people")
        names: set[str] = set()
        people: list[Member] = []
        for is_elderly, is_woman, is_poor in zip(
            self._flags(elderly, n), self._flags(women, n), self._flags(poor, n), strict=True
        ):
            circumstance = self._circumstance() if is_poor else None
            while True:
                person = self.person(
                    on,
                    elderly=is_elderly,
                    woman=is_woman,
                    circumstance=circumstance,
                    village=village,
                    oldest_young_age=oldest_young_age,
                )
                if key(person.name) not in names:
                    break
            names.add(key(person.name))
            people.append(person)
        return tuple(people)

    def _born(self, on: date, *, elderly: bool, oldest_young_age: int) -> str:
        if elderly:
            age = _YOUNGEST_ELDERLY + self._below(_OLDEST_ELDERLY - _YOUNGEST_ELDERLY)
        else:
            youngest = min(_YOUNGEST, oldest_young_age)
            age = youngest + self._below(oldest_young_age - youngest + 1)
        year = f"{on.year - age:04}"
        if self._chance(75 if elderly else 10):
            return year
        month = f"{1 + self._below(12):02}"
        if self._chance(25):
            return f"{year}-{month}"
        return f"{year}-{month}-{1 + self._below(28):02}"

    def _circumstance(self) -> Circumstance:
        kinds: tuple[Circumstance, ...] = ("poor", "poor", "near_poor", "near_poor", "difficult")
        return self._pick(kinds)

    def _id_number(self, sex: Sex, born: str) -> str:
        """Return twelve digits in the form of the citizen's card (CCCD)."""
        century = 2 * (int(born[:2]) - 19) + (sex == "F")
        return self._unused(f"{self._pick(_UNISSUED_ID_CODES)}{century}{born[2:4]}", 6)

    def _phone(self) -> str:
        return self._unused(self._pick(_UNISSUED_PHONES), 7)

    def _unused(self, start: str, digits: int) -> str:
        while True:
            number = f"{start}{self._below(10**digits):0{digits}}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _flags(self, count: int, n: int) -> list[bool]:
        """Return ``count`` times True among ``n``, in an order of its own (Fisher-Yates)."""
        flags = [place < count for place in range(n)]
        for last in range(n - 1, 0, -1):
            other = self._below(last + 1)
            flags[last], flags[other] = flags[other], flags[last]
        return flags

    def _pick(self, choices: Sequence[T]) -> T:
        return choices[self._below(len(choices))]

    def _chance(self, percent: int) -> bool:
        return self._below(100) < percent

    def _below(self, n: int) -> int:
        # randrange, choice and shuffle may change between versions of Python; random() may not.
        return int(self._random.random() * n)
