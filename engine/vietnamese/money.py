"""Amounts of money in figures and in words, as Vietnamese papers write them.

An amount is an integer number of đồng. The words are those of the north: "linh", "nghìn", "tư".
"""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def number(n: int) -> str:
    """Return ``n`` with dots between the thousands: "100.000"."""
    return f"{n:,}".replace(",", ".")


def dong(n: int) -> str:
    """Return an amount as printed: "100.000.000 đồng"."""
    return f"{number(n)} đồng"


def dong_short(n: int) -> str:
    """Return an amount to be read quickly, to three figures or more: "1,83 tỷ", "12,5 triệu".

    Less than a million is written whole.
    """
    for size, name in ((1_000_000_000, "tỷ"), (1_000_000, "triệu")):
        if abs(n) >= size:
            hundredths = (200 * abs(n) + size) // (2 * size)
            whole, part = divmod(hundredths, 100)
            shown = f"{number(whole)},{part:02}".rstrip("0").rstrip(",")
            return f"{'-' if n < 0 else ''}{shown}\N{NO-BREAK SPACE}{name}"
    return number(n)


def rate_text(rate: int) -> str:
    """Return an interest rate, in hundredths of a percent a month, as printed: "0,5%/tháng"."""
    whole, part = divmod(rate, 100)
    shown = f"{whole},{part:02}".rstrip("0").rstrip(",")
    return f"{shown}%/tháng"


def in_words(n: int) -> str:
    """Return a number in words with a capital letter: "Một trăm linh năm triệu".

    A negative number, which only a reversal has, begins with "Âm".
    """
    words = " ".join(_large(abs(n), leading=True)) or _DIGITS[0]
    if n < 0:
        words = f"âm {words}"
    return words[0].upper() + words[1:]


def dong_in_words(n: int) -> str:
    """Return an amount in words: "Một trăm triệu đồng chẵn".

    "chẵn" closes an amount of whole thousands, the smallest sum a commune's papers deal in, so that
    nothing can be written after it; 2.100.005 has none.
    """
    even = " chẵn" if n and n % 1000 == 0 else ""
    return f"{in_words(n)} đồng{even}"


def dong_spoken(n: int) -> str:
    """Return an amount as an answer says it back: "6.000.000 đồng (sáu triệu đồng)"."""
    words = in_words(n)
    return f"{dong(n)} ({words[0].lower()}{words[1:]} đồng)"


def _large(n: int, *, leading: bool) -> list[str]:
    """Return ``n`` in words, read in groups of three; ``leading`` is true where none precede."""
    words: list[str] = []
    billions, rest = divmod(n, _BILLION)
    if billions:
        words += [*_large(billions, leading=leading), "tỷ"]
        leading = False
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += _group(group, leading=leading)
            words += [name] if name else []
            leading = False
    return words


def _group(n: int, *, leading: bool) -> list[str]:
    """Return 1..999 in words; a later group names its empty hundreds: "không trăm linh năm"."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_ones(tens, ones))
    return words


def _ones(tens: int, ones: int) -> str:
    if tens and ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]
