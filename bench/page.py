"""A page of Markdown in which a command renews what is between two marks."""


def between(page: str, begin: str, end: str, text: str) -> str:
    """Return a page with ``text`` between its two marks. Raises ``ValueError`` without them."""
    before, found, rest = page.partition(begin)
    _old, last, after = rest.partition(end)
    if not found or not last:
        raise ValueError(f"the page has no {begin} and {end}")
    return f"{before}{begin}\n{text}{end}{after}"
