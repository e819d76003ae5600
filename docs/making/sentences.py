"""A page a document: every sentence in its own order, and what the policy states of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from engine import i18n
from engine.policy.files import parse_policy
from engine.policy.model import Policy
from engine.policy.sentences import COVERAGE_FILE, DocumentTable, Sentence, read_tables
from making.page import ROOT


def pages() -> dict[str, Callable[[], str]]:
    """Return the maker of each page by its name below docs/."""
    return {
        f"documents/{province}-{table.document}.md": _maker(policy, table)
        for province, policy, table in _tables()
    }


def _tables() -> Iterator[tuple[str, Policy, DocumentTable]]:
    before = i18n.language()
    i18n.use("en")
    for path in sorted(ROOT.glob("plugins/*/clb_*/policy.toml")):
        policy = parse_policy(path.read_bytes(), origin=path.name)
        data = path.with_name(COVERAGE_FILE)
        for table in read_tables(data.read_bytes(), policy, origin=_name(data)):
            yield path.parts[-3], policy, table
    i18n.use(before)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _maker(policy: Policy, table: DocumentTable) -> Callable[[], str]:
    return lambda: _page(policy, table)


def _page(policy: Policy, table: DocumentTable) -> str:
    document, counts = policy.document(table.document), table.counts()
    rows = "\n".join(_row(one) for one in table.sentences)
    return (
        f"# {document.number}: every sentence\n\n"
        f"{document.title}, {document.issuer}.\n\n"
        f"Made by `python docs/make.py` from the plugin's `{COVERAGE_FILE}`; a test compares it\n"
        "with the policy in both directions. In the document's own order; the text is a\n"
        "paraphrase.\n"
        f"{len(table.sentences)} sentences: {counts['stated']} stated by the policy, "
        f"{counts['no_effect']} with no effect on clubs (không tác động), "
        f"{counts['not_expressible']} not expressed yet (chưa diễn đạt được).\n\n"
        f"| section | sentence | policy |\n|---|---|---|\n{rows}\n"
    )


def _row(one: Sentence) -> str:
    if one.keys:
        answer = ", ".join(f"`{key}`" for key in one.keys)
    elif one.no_effect is not None:
        answer = f"không tác động: {one.no_effect}"
    else:
        answer = f"chưa diễn đạt được: {one.needed}"
    return f"| {one.section} | {one.text} | {answer} |"
