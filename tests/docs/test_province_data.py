"""The examples of docs/province-data.md make one policy file without a mistake."""

from support.doc_blocks import blocks
from support.sources import ROOT

from engine.policy.check import check_policy

HEAD = """
[province]
id = "thi_du"
name = "Thí Dụ"
prefix = "XY"
"""
DOCUMENT = """
[[document]]
id = "{id}"
number = "{id}"
short = "{id}"
title = "Kế hoạch thí dụ"
issuer = "UBND tỉnh Thí Dụ"
from = {start}
to = 2025-12-31
"""


def test_every_example_passes_the_check() -> None:
    found = blocks(ROOT / "docs" / "province-data.md")
    written = [
        one.text for one in found if one.language == "toml" and "illustration" not in one.marks
    ]
    documents = (("KH1", "2021-01-01"), ("QD2", "2023-05-10"))
    head = [HEAD, *(DOCUMENT.format(id=id_, start=start) for id_, start in documents)]
    assert len(written) > 3
    assert check_policy("\n".join((*head, *written)).encode(), origin="province-data.md") == ()
