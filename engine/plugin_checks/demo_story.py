"""Whether the story that a plugin brings (``demo.toml``) can be played by its own policy.

It is played in a database of its own, without the plugin's code: what only the code refuses is
not judged.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine import codes
from engine.errors import ClbError
from engine.files import TEXT_BYTES, file_bytes
from engine.i18n import _
from engine.lifecycle.registry import make_registry
from engine.plugin_checks.model import WARN, Candidate, Mistake
from engine.policy.model import Policy
from engine.provinces.data_only import DataOnly
from engine.provinces.discover import Plugin
from engine.scenario.demo import not_before, play_story
from engine.scenario.demo_file import DEMO_FILE, DemoFile, StoryError, read_demo

OWN_CODES = "CLB-"
"""What the engine's codes begin with; a plugin's do not."""


def story_mistakes(package: Path, policy: Policy, candidate: Candidate) -> Iterator[Mistake]:
    """Yield where the story and the policy do not fit: the step, its day and what happened.

    A remark: no club is judged otherwise because an invented one is not.
    """
    path = package / DEMO_FILE
    if not path.is_file():
        return
    story = read_demo(file_bytes(path, TEXT_BYTES), plugin=str(candidate))
    try:
        _play(candidate, policy, story)
    except ClbError as error:
        if not _by_code_alone(story, error):
            found = "; ".join(f"{one.code}: {one.message}" for one in error.findings)
            yield Mistake(
                codes.DEMO_STORY,
                DEMO_FILE,
                "",
                " ".join(filter(None, (error.message, found))),
                _("a story that comes true by this policy"),
                line=error.line if isinstance(error, StoryError) else None,
                level=WARN,
            )


def _play(candidate: Candidate, policy: Policy, story: DemoFile) -> None:
    plugin = Plugin(candidate.province, candidate.package, candidate.name, candidate.version)
    with tempfile.TemporaryDirectory() as folder:
        registry, _made = make_registry(
            str(Path(folder) / "story.sqlite3"),
            provinces=DataOnly(plugin, policy),
            clock=not_before(story.asked_on),
        )
        try:
            with registry.store.write():
                play_story(registry, candidate.province, story)
        finally:
            registry.store.close()


def _by_code_alone(story: DemoFile, error: ClbError) -> bool:
    """Return whether a step passed that the story says a check of the plugin's own refuses."""
    own = (
        step.refused
        for group in story.groups
        for step in group.steps
        if step.refused and not step.refused.startswith(OWN_CODES)
    )
    return not error.findings and any(code in error.message for code in own)
