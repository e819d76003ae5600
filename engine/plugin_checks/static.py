"""Everything wrong with a plugin that can be seen without running it."""

from engine import codes
from engine.i18n import _
from engine.plugin_checks import files, manifest, policy_file, wheel
from engine.plugin_checks.code import code_mistakes, deprecated_mistakes, key_mistakes
from engine.plugin_checks.demo_story import story_mistakes
from engine.plugin_checks.model import BLOCK, Candidate, Mistake
from engine.provinces.discover import GROUP
from engine.provinces.load import POLICY_FILE


def inspect(candidate: Candidate) -> list[Mistake]:
    """Return everything wrong with a plugin that can be seen without running it."""
    if not candidate.package.isidentifier():
        return [
            Mistake(
                codes.PLUGIN_ENTRY,
                "pyproject.toml",
                GROUP,
                _("The entry point must name one package, not “{value}”.").format(
                    value=candidate.package
                ),
                _("one top-level package"),
            )
        ]
    package = candidate.folder / candidate.package
    found: list[Mistake] = []
    if candidate.wheel is not None:
        found += wheel.wheel_mistakes(candidate, candidate.folder)
    unusable = [*manifest.package_mistakes(candidate, package)]
    if unusable:
        return [*found, *unusable]
    found += manifest.project_mistakes(candidate)
    found += policy_file.policy_mistakes(package / POLICY_FILE, candidate)
    found += files.compiled_mistakes(package)
    found += files.text_mistakes(package)
    found += code_mistakes(package)
    policy = policy_file.readable(package / POLICY_FILE)
    found += deprecated_mistakes(package, policy)
    if policy is not None:
        found += key_mistakes(package, policy)
        found += manifest.nation_mistakes(candidate, policy, package)
    found += files.template_mistakes(package, candidate)
    found += files.demo_mistakes(package)
    if policy is not None and not any(one.level == BLOCK for one in found):
        found += story_mistakes(package, policy, candidate)
    return found
