"""The check that the hooks' page shows does what the page says of it."""

import re
from pathlib import Path

from support.plugin_source import GOOD, source
from support.sources import ROOT

from engine import Level, plugin_checks
from engine.plugin_checks import requests
from engine.policy import read_policy
from engine.policy.effective import Rules

PAGE = (ROOT / "docs" / "reference" / "hooks.md").read_text(encoding="utf-8")
HEAD = (
    "from collections.abc import Sequence\n"
    "from engine import Finding, Level, StepRequest, hookimpl\n\n\n"
)


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_passes_the_check_and_cites_its_article(tmp_path: Path) -> None:
    document = re.search(r'^id = "(\w+)"\nnumber', GOOD, re.MULTILINE)
    assert document is not None
    policy = GOOD + "\n" + block("toml").replace("KH1", document[1])
    code = HEAD + block("python")
    candidate = plugin_checks.from_source(source(tmp_path / "p", init=code, policy=policy))
    assert candidate is not None
    assert plugin_checks.inspect(candidate) == []
    assert plugin_checks.try_hooks(candidate).mistakes == ()

    names: dict[str, object] = {}
    exec(code, names)
    rules = Rules(read_policy(policy.encode(), origin="policy.toml"))
    listed = {
        (one.step, finding.code, finding.level, "III.4" in finding.source)
        for _label, one in requests.of_steps(rules)
        for finding in names["clb_checks"](one)
    }
    assert listed == {(step, "TT-NAME", Level.WARN, True) for step in ("open", "propose", "rename")}
