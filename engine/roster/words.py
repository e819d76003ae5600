"""The words communes use above the columns of a list and in its cells.

Everything here is compared without marks and signs, because half of the lists are typed without
them; the few words that differ only by their marks are settled where they are read.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from engine.roster.model import Circumstance, Sex
from engine.vietnamese.text import bare, clean

_SPLIT = re.compile(r"[^a-z0-9]+")
_BIRTH = r"(?:(?:ngay|thang|th|nam|va|hoac) )+sinh|sinh nam|ns|sn|ntns"
_WHOSE = "chu ho|cha|bo|me|vo|chong|con|nguoi (?:than|lien|cham|giam|phu)"
_AGES = r"(?:so |do )?tuoi"
_NEAR = r"(?:ho )?(?:can|c) ?ngheo|(?:ho )?hcn|(?:ho )?cn"
_POOR = r"(?:ho |h )?ngheo|(?:ho )?hn"
_HARD = r"hckk|kk|(?:(?:ho|hc|co|hoan canh|gia dinh) )*(?:kk|kho khan)"
# Of the Kinh, Mường, Thái, of the Central Highlands, the Chăm and the Khmer.
_PLACES = "ban|lang|ap|khu|to|cum|khom|doi|chom|quel|buon|bon|plei|play|palei|phum|soc"
# The first pattern that fits a whole heading decides. "ignored" is known and of no use here, so
# that neither the heading above it nor a part of its own words makes it something else.
_HEADINGS: tuple[tuple[str, str], ...] = (
    ("order", r"s? ?t ?t|so tt|tt so|(?:so )?thu tu|no"),
    (
        "ignored",
        rf"(?:ho )?(?:va )?ten (?:{_WHOSE}|lien he)\b.*|{_WHOSE}|ten (?:goi khac|thuong goi)",
    ),
    ("family_name", r"ho|ho va|ho (?:va )?(?:ten )?(?:chu )?(?:dem|lot)"),
    ("given_name", r"ten"),
    ("name", r"ho (?:va )?ten\b.*|hoten|hovaten|ho (?:ten |chu )?dem va ten"),
    ("name", r"(?:ten )?(?:thanh|hoi) vien(?: clb)?|(?:ten )?nguoi cao tuoi|ten nct"),
    ("sex", r"gioi(?: tinh)?|gt|phai"),
    (
        "sex",
        r"(?:gioi tinh|gioi|gt|phai) (?:[012] (?:la )?(?:nam|nu)|(?:nam|nu) (?:la )?[012])\b.*",
    ),
    ("sex", r"gioi tinh nam nu|nam nu|nu nam|nam hay nu"),
    ("male", r"nam (?:x|danh dau(?: x)?|ghi x)"),
    ("female", r"nu (?:x|danh dau(?: x)?|ghi x)"),
    ("male", rf"nam|(?:{_BIRTH}|gioi tinh|gioi) nam(?: gioi)?|nam(?: gioi)? (?:{_BIRTH})"),
    ("female", rf"nu|(?:{_BIRTH}|gioi tinh|gioi) nu(?: gioi)?|nu(?: gioi)? (?:{_BIRTH})"),
    ("male", rf"{_AGES}(?: cua)? nam(?: gioi)?|nam(?: gioi)? {_AGES}"),
    ("female", rf"{_AGES}(?: cua)? nu(?: gioi)?|nu(?: gioi)? {_AGES}"),
    (
        "born",
        rf"(?:{_BIRTH}|sinh|sinh ngay)(?: (?:duong lich|dl|ngay thang nam|nam nu|dd mm yy.*))?",
    ),
    ("born", r"ngay thang nam"),
    ("birth_day", r"ngay"),
    ("birth_month", r"thang|th"),
    ("id_number", r"(?:so )?(?:the )?(?:cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|cc)\b.*"),
    ("id_number", r"(?:ma )?(?:so )?dinh danh\b.*|so giay to.*|giay to tuy than"),
    ("phone", r"(?:so )?(?:dien thoai|dthoai|dt|sdt|dtdd|dd|tel|di dong)(?: di dong| lien he)?"),
    ("perhaps_phone", r"(?:so |thong tin )?(?:lien he|lien lac)"),
    ("post", r"chuc (?:vu|danh|trach)\b.*|nhiem vu.*|vai tro.*|ban chu nhiem|bcn"),
    ("difficult", _HARD),
    ("near_poor", rf"(?:thuoc )?(?:{_NEAR})"),
    ("poor", rf"(?:thuoc )?(?:{_POOR})"),
    ("circumstance", rf"(?:{_POOR}) (?:{_NEAR})\b.*|(?:{_NEAR}) (?:{_POOR})\b.*"),
    ("circumstance", r"dien (?:ho|chinh sach|gia dinh)\b.*|(?:phan )?loai ho.*|kinh te(?: ho)?"),
    ("circumstance", r"(?:hoan|gia) canh(?: gia dinh| kinh te| ho)?"),
    ("perhaps_circumstance", r"dien|dien doi tuong.*|thuoc dien.*|(?:thuoc )?doi tuong\b.*"),
    ("village", r"(?:ten )?(?:thon|xom|khu pho|khu dan cu|to dan pho|tdp|kdc)\b.*"),
    ("village", rf"(?:ten )?(?:{_PLACES})(?: (?:thon|{_PLACES}))*"),
    ("address", r"(?:dia chi|noi o|cho o|noi cu tru|noi thuong tru|thuong tru|ho khau)\b.*"),
    ("address", r"noi dang ky (?:thuong tru|ho khau)|(?:phan |chi )hoi(?: nct)?"),
    (
        "gone",
        r"(?:da |ngay |nam )*(?:(?:mat|chet|qua doi|tu tran)(?: nam)?|chuyen (?:di|cho|noi).*)",
    ),
    ("away", r"tam vang|di vang|vang mat"),
    ("age", rf"{_AGES}(?: doi| nam(?: [0-9]{{4}})?| hien nay| tinh den.*)?"),
    ("note", r"ghi chu\b.*|chu thich|luu y"),
    ("ignored", r"(?:(?:ngay|thang|nam|noi|va) )+cap|dan toc|ton giao|so the.*|que quan"),
    ("ignored", r"(?:ngay|nam) vao.*|ky (?:ten|nhan)|chu ky|khuyet tat"),
)
_FIELDS = tuple((field, re.compile(pattern)) for field, pattern in _HEADINGS)
# Headings whose words run together ("namsinh"), as databases name columns.
_RUN_TOGETHER = tuple(
    (field, re.compile(pattern.replace(" ", " ?"))) for field, pattern in _HEADINGS
)
_SHORTEST_RUN = 5

_NO = frozenset({"", "0", "khong", "ko", "k", "kg", "khong co", "chua co", "chua", "false"})
_YES = frozenset({"x", "xx", "v", "1", "co", "true", "yes", "ok"})
_TICKS = frozenset({"✓", "✔", "√", "☑", "☒", "×", "✗", "✘", "*", "+", "Þ", "ü", "•"})
_NO_SIGNS = frozenset("-–—_./…?☐□")
_ORDINARY = re.compile(
    r"(?:ho )?(?:binh thuong|bt|trung binh|kha|kha gia|giau|du an|on dinh)|ho tb"
    r"|(?:ho )?(?:co )?muc song trung binh|(?:ho )?(?:moi )?thoat (?:can )?ngheo"
    r"|(?:khong|ko|ngoai)"
    r"(?: (?:thuoc|phai|co|dien|ho|doi tuong|hoan canh|ngheo|can ngheo|kho khan|nao|gi|nay))*"
)
# A household that is poor no longer, or not yet (hết nghèo 2021, chưa nghèo, đang xét hộ nghèo).
_NOT_NOW = re.compile(
    r"\b(?:thoat|khong|ko|het|chua|khoi|xoa|giam|bo|tung|nguyen|truoc|cu|sap|xet|xin|de nghi)\b"
)
# With marks: Tô, Lang and Đội are families or names, tổ, làng and đội are places.
_SECTION = re.compile(
    r"(?:(?:[ivx]+|[a-z]|[0-9]{1,2})\s*[.):/-]\s*)?"
    r"((?:thôn|thon|xóm|xom|khu(?: vực| phố| dân cư)?|tổ(?: nct| dân phố| tự quản)?|to dan pho|tdp"
    r"|kdc|bản|làng|ấp|khóm|cụm(?: dân cư)?"
    r"|đội(?: sản xuất)?|doi(?= [0-9])|to(?= [0-9])|ap(?= [0-9])"
    r"|(?:chi|phân) hội(?: nct| người cao tuổi)?|chi hoi|phan hoi|buôn|buon|bon|plei|plây|palei"
    r"|phum|sóc|chòm|quel)\s*:?\s+[^:(]+?)\s*(?:[:(–-].*)?",
    re.IGNORECASE,
)
_COUNTED_TO = re.compile(
    r"\b(?:(?:tinh|co|ke|lap) den|thoi diem)(?: (?:het|ngay|thang|nam|[0-9]{1,2}))* "
    r"(20[0-9]{2})\b"
)
_YEAR_NAMED = re.compile(
    r"(?<!thang [0-9] )(?<!thang [0-9]{2} )(?<!lap )(?<!tu )(?<!den )(?<!doan )"
    r"\bnam (20[0-9]{2})\b(?! 20[0-9]{2}\b)"
)
_SIGNED_ON = re.compile(
    r"(?:[^\d,;()]{2,40},\s*)?ngày\W.{0,12}?tháng\W.{0,12}?năm\s*(20[0-9]{2})\W*", re.IGNORECASE
)
_OF_A_YEAR = re.compile(r"(?:.*\b)?(?:danh sach|ds)\b.*|(?:so |do )?tuoi\b.*|nam 20[0-9]{2}")
_GROUP = re.compile(
    r"(?:(?:[ivx]+|[a-z]|[0-9]{1,2}) )?(?:ban chu nhiem|bcn|(?:cac )?(?:thanh|hoi) vien"
    r"|nguoi cao tuoi|nct|nguoi tre|nhom|danh sach)\b.*"
)
_TOTAL = re.compile(
    r"(?:tong|tong cong|tong so|cong|trong do)"
    r"(?: (?:[0-9]|so|cong|trang|nguoi|thanh vien|hoi vien|nam\b|nu\b"
    r"|thon|xom|khu|to|cac|la|toan|chung|clb|ds|danh sach).*)?"
    r"|(?:an dinh )?danh sach (?:nay )?(?:co|gom|tren|an dinh|duoc)\b.*|an dinh\b.*"
)
_SIGNATURE = re.compile(
    r"(?:t ?m|k ?t|t ?l|tuq) .*|(?:nguoi|can bo) (?:lap|ghi|tong hop|ke khai)\b.*|xac nhan\b.*"
    r"|(?:chu tich|pho chu tich|chu nhiem|truong thon|bi thu|thu ky|thu truong)\b.*|ky ten.*"
    r"|da ky|ky ghi ro ho ten|ban chu nhiem\b.*|(?:.+ )?ngay [0-9 ]*thang [0-9 ]*nam [0-9 ]*"
    r"|ubnd .*|uy ban nhan dan .*|hoi (?:nguoi cao tuoi|nct)\b.*|noi nhan\b.*|luu .*"
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return the bare words of ``text`` with one space between them and no other sign."""
    return _SPLIT.sub(" ", bare(text)).strip()


@lru_cache(maxsize=1024)
def field_of(heading: str) -> str | None:
    """Return the field a heading names by itself, "ignored", or None where it is not known.

    "Nam" typed with marks is a man, "Năm" a year; without marks it stays a man, and who reads the
    other headings may know better.
    """
    words = plain(heading)
    if "ă" in heading.lower() and words in ("nam", "tuoi nam"):
        return "birth_year" if words == "nam" else "age"
    found = next((field for field, pattern in _FIELDS if pattern.fullmatch(words)), None)
    if found is None and " " not in words and len(words) >= _SHORTEST_RUN:
        found = next((field for field, run in _RUN_TOGETHER if run.fullmatch(words)), None)
    return found


def is_of_ages(heading: str) -> bool:
    """Return whether a heading speaks of ages."""
    return re.search(r"\btuoi\b", plain(heading)) is not None


def mark(text: str) -> bool | None:
    """Return whether a cell under a heading such as Hộ nghèo is marked; None if unreadable."""
    words = plain(text)
    if words in _YES or text.strip() in _TICKS:
        return True
    if words in _NO and (words or set(text.strip()) <= _NO_SIGNS):
        return False
    return None


@lru_cache(maxsize=4096)
def circumstance(text: str) -> tuple[Circumstance | None, bool]:
    """Return what a cell means for the household (diện hộ), and whether it can be read at all.

    Of several the strictest counts: a poor household in difficulty is a poor one.
    """
    words = plain(text)
    if mark(text) is False or _ORDINARY.fullmatch(words):
        return None, True
    rest = re.sub(rf"\b(?:{_NEAR})\b", " ", words)
    near = rest != words
    poor = re.search(rf"\b(?:{_POOR})\b", rest) is not None
    if _NOT_NOW.search(words) or (near and poor):
        return None, False
    if poor:
        return "poor", True
    if near:
        return "near_poor", True
    if re.search(rf"\b(?:{_HARD})\b", words):
        return "difficult", True
    return None, False


_OF_HOUSEHOLD = re.compile(
    rf"\b(?:{_NEAR}|{_POOR}|{_HARD}|thuoc|dien|h|ho|gia dinh|hoan canh|la|co|nam|x|[0-9]+)\b"
)


@lru_cache(maxsize=4096)
def says_more(text: str) -> bool:
    """Return whether a cell names a circumstance and says something else of the person too."""
    if mark(text) is not None or circumstance(text)[0] is None:
        return False
    return re.search("[a-z]", _OF_HOUSEHOLD.sub(" ", plain(text))) is not None


def mentions_circumstance(text: str) -> bool:
    """Return whether a note mentions a poor household or of difficulty."""
    return re.search(r"\b(?:ngheo|kho khan|hckk)\b", plain(text)) is not None


def sex(text: str) -> Sex | None:
    """Return "F" or "M" for a cell of the column Giới tính; None if it cannot be read."""
    words = plain(text)
    if words in ("nu", "f", "nu gioi", "gai", "ba", "female"):
        return "F"
    return "M" if words in ("nam", "m", "nam gioi", "trai", "ong", "male") else None


_SAME_AS_ABOVE = re.compile(
    r"""["'”“`´〃]+|,,|//|-*\s*(?:n\s*[./]?\s*t|như trên|nhu tren|như trên nt)\s*[.-]*""",
    re.IGNORECASE,
)
_RESIDENCE = re.compile(r"(?:thuong|tam|dang ky) tru(?: dai han)?|kt ?[1-4]|co ho khau|tam vang")
_RELATIVE = re.compile(
    r"\b(?:chong|vo|con(?: trai| gai| dau| re)?|bo|me|cha|chau|anh|chi|em|ban doi|nguoi than)\b"
)
# What people lose and live on.
_LOST_OTHERWISE = re.compile(
    r"(?:suc|tri|tay|chan|ngu|the|giay|cccd|cmnd|cmt|cmtnd|kha nang|dien thoai|so|mot|1|dat|nha"
    r"|viec|mua|thinh|thi luc|nhieu|het|tich|ngon|mat|ca|bo|con|chong|vo|me|cha)\b"
)
_DIED = re.compile(r"\bmất(?!\w)|\bmat\b(?= (?:nam|ngay|thang|hoi|luc|\d)|$)")
_LEFT = re.compile(
    r"\b(?:chết|chet|qua đời|qua doi|từ trần|tu tran|tạ thế|ta the|quá cố|đã chuyển|da chuyen"
    r"|chuyển (?:đi|khẩu|hộ khẩu|nơi|chỗ|sinh hoạt|clb|vào|ra|lên|xuống|sang|về)"
    r"|chuyen (?:di|khau|ho khau|noi|cho o|sinh hoat|vao|ra|len|sang|ve)"
    r"|cắt khẩu|cat khau|ra khỏi|ra khoi|xin (?:ra|thôi|thoi|nghỉ|nghi)|khai trừ"
    r"|(?:thôi|thoi|bỏ|bo|ngừng|ngung) (?:tham gia|sinh hoạt|sinh hoat)"
    r"|x[óo][aá] tên|nghỉ (?:hẳn|sinh hoạt)"
    r"|đã nghỉ(?= sinh hoạt|$)|^(?:nghỉ|nghi)$|không (?:còn )?(?:tham gia|sinh hoạt)"
    r"|khong (?:con )?(?:tham gia|sinh hoat))(?!\w)"
)
_AWAY = re.compile(
    r"\b(?:tam vang|di vang|vang mat|tam nghi|di lam an xa|(?:o|di|sang|ra) nuoc ngoai)\b"
)
_ARRIVED = re.compile(r"\b(?:chuyen den|moi chuyen ve|moi den)\b|^tu .*\bchuyen\b")
_CLAUSE = re.compile(r"[,;.()\[\]]+")


@lru_cache(maxsize=8192)
def gone(text: str) -> Literal["gone", "away"] | None:
    """Return whether a note says that somebody died or left ("gone") or is "away" for some time.

    A husband who died, lost papers or strength, and who moved here are none of it.
    """
    found = {_gone(clause.strip()) for clause in _CLAUSE.split(clean(text).casefold())}
    return "gone" if "gone" in found else "away" if "away" in found else None


def _gone(clause: str) -> Literal["gone", "away"] | None:
    words = plain(clause)
    away = _AWAY.search(words)
    if away:
        return None if _RELATIVE.search(words[: away.start()]) else "away"
    died = _DIED.search(clause)
    if died and _LOST_OTHERWISE.match(plain(clause[died.end() :])):
        died = None
    match = died or _LEFT.search(clause)
    if match is None or _ARRIVED.search(words) or _RELATIVE.search(plain(clause[: match.start()])):
        return None
    return "gone"


_ABOUT_PEOPLE = re.compile(
    r"\b(?:danh sach|hoi vien|thanh vien|nhung nguoi|nguoi cao tuoi|truong hop|so nguoi)\b"
    r"|\b(?:cac|nhung|so) (?:cu|ong|ba|bac)\b"
)
_BEGINS = re.compile(
    r"(?:(?:[ivx]+|[a-z]|[0-9]{1,2}) )?"
    r"(?:da |moi )?(?:mat|chet|qua doi|tu tran|chuyen|tam)\b"
)


def gone_block(text: str) -> Literal["gone", "away"] | None:
    """Return whether a line alone says that those below it died, left or are away."""
    words = plain(text)
    if _ABOUT_PEOPLE.search(words) or _BEGINS.match(words):
        return gone(text)
    return None


@lru_cache(maxsize=1024)
def is_same_as_above(text: str) -> bool:
    """Return whether a cell repeats what is above it (", -nt-, như trên)."""
    return _SAME_AS_ABOVE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=1024)
def is_residence(text: str) -> bool:
    """Return whether a cell says how somebody is registered (thường trú, tạm trú) and not where."""
    return _RESIDENCE.fullmatch(plain(text)) is not None


def section(text: str) -> str | None:
    """Return the village (thôn, xóm, khu ...) that a line between the members names."""
    match = _SECTION.fullmatch(clean(text))
    return match[1].replace(":", "") if match else None


def is_part(text: str) -> bool:
    """Return whether a line is the title of a part of the list: numbered, or a list by itself."""
    return re.match(r"(?:[ivx]+|[a-d]|[0-9]) |.*\bdanh sach\b", plain(text)) is not None


def is_group(text: str) -> bool:
    """Return whether a line only names the group of people below it."""
    return _GROUP.fullmatch(plain(text)) is not None


def is_footer(text: str) -> bool:
    """Return whether a cell belongs to the total or the signatures under a list."""
    words = plain(text)
    return bool(_TOTAL.fullmatch(words) or _SIGNATURE.fullmatch(words))


def year_signed(text: str) -> int | None:
    """Return the year of a line of place and date ("Đồng Tân, ngày 5 tháng 3 năm 2023")."""
    match = _SIGNED_ON.fullmatch(clean(text))
    return int(match[1]) if match else None


def year_of(texts: Iterable[str]) -> int | None:
    """Return the year that titles say the list is of, ``None`` where they do not say one alone.

    The day that ages are counted to goes before the year in a title ("tính đến 31/12/2024", "danh
    sách năm 2024"); days of decisions and spans of years are neither.
    """
    read = [plain(text) for text in texts]
    listed = [text for text in read if _OF_A_YEAR.fullmatch(text)]
    for pattern, lines in ((_COUNTED_TO, read), (_YEAR_NAMED, listed)):
        years = {int(year) for text in lines for year in pattern.findall(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None
