"""A page of Markdown in which a command renews what is between two marks."""


def between(page: str, begin: str, end: str, text: str) -> str:
    """Return a page with ``text`` between its two marks. Raises ``ValueError`` without them."""
    before, _old, after = _parts(page, begin, end)
    return f"{before}{begin}\n{text}{end}{after}"


def written(page: str, begin: str, end: str) -> str:
    """Return what is between the two marks of a page. Raises ``ValueError`` without them."""
    return _parts(page, begin, end)[1].removeprefix("\n")


def _parts(page: str, begin: str, end: str) -> tuple[str, str, str]:
    before, found, rest = page.partition(begin)
    old, last, after = rest.partition(end)
    if not found or not last:
        raise ValueError(f"the page has no {begin} and {end}")
    return before, old, after
