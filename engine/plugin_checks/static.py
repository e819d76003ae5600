"""Everything wrong with a plugin that can be seen without running it."""

from engine import codes
from engine.i18n import _
from engine.plugin_checks import manifest, policy, stories, templates, texts
from engine.plugin_checks.hooks import hook_mistakes
from engine.plugin_checks.model import Candidate, Mistake
from engine.plugin_checks.surroundings import surroundings_mistakes
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
    found = [*manifest.package_mistakes(candidate, package)]
    if found:
        return found
    found += manifest.project_mistakes(candidate)
    found += policy.policy_mistakes(package / POLICY_FILE, candidate)
    found += texts.text_mistakes(package)
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if path.parent == package and path.name == "__init__.py":
            found += hook_mistakes(path)
        found += surroundings_mistakes(path, name, own=candidate.package)
    found += templates.template_mistakes(package, candidate)
    found += stories.story_mistakes(package, candidate)
    return found
