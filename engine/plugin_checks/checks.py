"""The one list of what is checked of a province's plugin, read by its command and by its kit.

``clb province check`` prints the mistakes that can be found without a database; the kit of
``engine.testing`` makes a test of each check. A check is one entry of ``CHECKS``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine import codes
from engine.plugin_checks import policy_file
from engine.plugin_checks.club_checks import CLUB_CHECKS
from engine.plugin_checks.model import BLOCK, WARN, Mistake
from engine.plugin_checks.report_checks import REPORT_CHECKS
from engine.plugin_checks.subject import CheckFailedError, Subject
from engine.policy.model import Policy
from engine.provinces.load import POLICY_FILE
from engine.scenario.demo_file import DEMO_FILE

KIT = "kit"
"""Level of what only the kit checks: it neither refuses an installation nor is remarked on."""
Find = Callable[[Subject], Iterable[Mistake]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule for a plugin.

    ``name`` is the kit's test without ``test_``, and what ``[[left_out]]`` gives. ``rule`` is one
    sentence. ``on`` is what the check reads or plays. ``level`` is ``BLOCK`` for what keeps a
    plugin from being installed, ``WARN`` for a remark, ``KIT`` for neither. ``find`` yields the
    mistakes; ``codes`` are the ones that ``clb province check`` prints. ``in_kit`` is false for
    what an installed plugin no longer shows.
    """

    name: str
    on: str
    level: str
    rule: str
    find: Find
    codes: tuple[str, ...] = ()
    in_kit: bool = True

    def mistakes(self, subject: Subject) -> list[Mistake]:
        """Return what this check finds. Raise ``CheckSkippedError`` when it cannot be made."""
        found: list[Mistake] = []
        try:
            found += self.find(subject)
        except CheckFailedError as error:
            found.append(error.mistake)
        return found


def _read(
    name: str,
    on: str,
    rule: str,
    *found_as: str,
    level: str = BLOCK,
    file: str = "",
    in_kit: bool = True,
) -> Check:
    """Return a check of what reading the plugin finds under some codes, perhaps in one file."""

    def find(subject: Subject) -> Iterator[Mistake]:
        for one in subject.read:
            if one.code in found_as and one.file.startswith(file):
                yield one

    return Check(name, on, level, rule, find, found_as, in_kit)


def _policy(name: str, rule: str, find: Callable[[Policy], Iterable[Mistake]]) -> Check:
    """Return a check of what the policy answers, which only the kit makes."""
    return Check(name, "policy", KIT, rule, lambda subject: find(subject.policy))


def _hook(
    name: str,
    rule: str,
    *found_as: str,
    level: str = BLOCK,
    hook: str = "",
    asking: bool | None = None,
    about: tuple[str, ...] = (),
) -> Check:
    """Return a check of what reading and trying the hooks finds.

    ``asking`` chooses what a hook did when it was only asked about a step, or when one was taken;
    what does not come back, or ends the program, is both. ``about`` narrows the codes.
    """

    def find(subject: Subject) -> Iterator[Mistake]:
        for one in (*subject.read, *subject.tried.mistakes):
            both = one.code in (codes.HOOK_ENDLESS, codes.HOOK_EXITS)
            if (
                (one.code in found_as or one.about in found_as)
                and (not hook or one.key == hook)
                and (asking is None or both or one.asking is asking)
                and (not about or one.about in about)
            ):
                yield one

    return Check(name, "hooks", level, rule, find, found_as)


def _played(play: Callable[[Subject], None], on: str) -> Check:
    """Return a check that plays clubs or reports and ends at its first mistake."""

    def find(subject: Subject) -> Iterator[Mistake]:
        play(subject)
        return iter(())

    return Check(play.__name__, on, KIT, play.__doc__ or "", find)


def _one_plugin(subject: Subject) -> Iterator[Mistake]:
    others = ", ".join(map(str, subject.plugins[1:]))
    if others:
        yield Mistake(
            "",
            "pyproject.toml",
            "",
            f"{others} claims the province {subject.province} as well.",
            "Uninstall one of them: pip uninstall NAME.",
        )


def _imports(subject: Subject) -> Iterator[Mistake]:
    yield from (one for one in subject.read if one.code == codes.PLUGIN_SYNTAX)
    if not subject.candidate.package.isidentifier():
        return
    for one in subject.tried.mistakes:
        if one.code == codes.PLUGIN_FAILED and one.about == "import":
            yield one


def _left_out(subject: Subject) -> Iterator[Mistake]:
    known = {one.name for one in CHECKS if one.in_kit}
    for one in subject.policy.left_out:
        if one.check not in known or not one.reason.strip():
            yield Mistake(
                "",
                POLICY_FILE,
                "left_out",
                f"there is no check “{one.check}”, or no reason is given.",
                "pytest --collect-only lists the checks, each named test_CHECK.",
            )


ALWAYS = "left_out_checks_have_a_name_and_a_reason"
"""The one check that cannot be left out."""

MANIFEST = (
    Check(
        "one_plugin_claims_the_province",
        "manifest",
        KIT,
        "A province has one plugin: with two, no officer could say which rules were applied.",
        _one_plugin,
    ),
    _read(
        "the_entry_point_names_one_package",
        "manifest",
        "The entry point is one top-level package: finding a dotted one would run its code.",
        codes.PLUGIN_ENTRY,
        codes.PLUGIN_PACKAGE,
    ),
    _read(
        "the_version_is_a_number",
        "manifest",
        "The version is numbers with dots, because every event keeps it as part of its receipt.",
        codes.PLUGIN_VERSION,
        level=WARN,
    ),
    _read(
        "the_source_builds_a_whole_wheel",
        "manifest",
        "The wheel holds the package and its policy file, and names the engine it works with.",
        codes.PLUGIN_DATA,
        codes.PLUGIN_NEEDS,
        in_kit=False,
    ),
    _read(
        "the_policy_is_next_to_the_package",
        "manifest",
        "policy.toml is installed with the package, where it is read without running any code.",
        codes.PLUGIN_POLICY,
    ),
    _read(
        "the_policy_is_of_this_province",
        "manifest",
        "The policy's id is the entry point's name.",
        codes.PLUGIN_PROVINCE,
    ),
    _read(
        "the_interface_is_this_engines",
        "manifest",
        "The plugin is written for this engine's major version of the interface.",
        codes.PLUGIN_API,
    ),
    _read(
        "the_prefix_of_club_ids_is_its_own",
        "manifest",
        "Club ids begin with letters that no other installed province uses.",
        codes.PLUGIN_PREFIX,
    ),
    Check(
        "the_package_imports",
        "manifest",
        BLOCK,
        "The package can be imported with what its distribution installs, in seconds.",
        _imports,
        (codes.PLUGIN_SYNTAX, codes.PLUGIN_FAILED),
    ),
    Check(
        ALWAYS,
        "manifest",
        KIT,
        "A check may be left out by its name and with a written reason; nothing else counts.",
        _left_out,
    ),
)
POLICY = (
    _read(
        "the_policy_is_a_toml_text",
        "policy",
        "The file is TOML in UTF-8, and no key is in it twice.",
        codes.POLICY_ENCODING,
        codes.POLICY_TOML,
    ),
    _read(
        "the_policy_is_in_nfc",
        "policy",
        "Vietnamese letters are written as one character each (Unicode NFC).",
        codes.PLUGIN_NFC,
        level=WARN,
    ),
    _read(
        "the_policy_has_only_known_keys",
        "policy",
        "Every key is one the engine knows: a misspelt one would never be asked for.",
        codes.POLICY_KEY,
        codes.POLICY_BRACKETS,
    ),
    _read(
        "numbers_are_whole",
        "policy",
        "Money and counts are whole numbers; a decimal point would not be exact.",
        codes.POLICY_NUMBER,
    ),
    _read(
        "every_value_has_its_source",
        "policy",
        "Every value names a document that the file declares, and the section.",
        codes.POLICY_SOURCE,
        codes.POLICY_DOCUMENT,
    ),
    _read(
        "values_of_a_key_do_not_overlap",
        "policy",
        "No day has two values of one key, and an amendment follows what it amends at once.",
        codes.POLICY_OVERLAP,
        codes.POLICY_AMENDS,
    ),
    _read(
        "measures_fit_their_targets",
        "policy",
        "A measure of one's own can be counted, and a target's unit is what its measure counts.",
        codes.POLICY_MEASURE,
    ),
    _read(
        "dates_are_in_order",
        "policy",
        "Nothing ends before it starts, and a target counts inside its document's years.",
        codes.POLICY_PERIOD,
        codes.POLICY_DATE,
        codes.POLICY_TARGET_PERIOD,
    ),
    _read(
        "sums_agree",
        "policy",
        "A sum is what its parts make: named communes, clubs times grant, years of a budget.",
        codes.POLICY_SUM,
    ),
    _read(
        "ranges_are_not_upside_down",
        "policy",
        "The smallest of a range is not above its largest.",
        codes.POLICY_RANGE,
    ),
    _read(
        "nothing_is_declared_twice",
        "policy",
        "A document or an activity is declared once.",
        codes.POLICY_DUPLICATE,
    ),
    _read(
        "what_is_referred_to_is_there",
        "policy",
        "A phase, a recipient or another value that is referred to is in the file.",
        codes.POLICY_PHASE,
        codes.POLICY_AGENCY,
        codes.POLICY_NEEDS,
    ),
    _policy(
        "every_key_resolves_on_every_day_of_its_validity",
        "On each day a key answers the one value in force, with its source, or that none is.",
        policy_file.unresolved_keys,
    ),
    _policy(
        "absent_is_left_out_and_never_zero",
        "What no document states has no entry: no 0 and no empty text or list in its place.",
        policy_file.empty_values,
    ),
    _policy(
        "a_gap_is_reported",
        "A key without a value between two that it has is explained by a note on one of them.",
        policy_file.unexplained_gaps,
    ),
    _policy(
        "a_programme_document_gives_the_period",
        "At least one document is the province's programme: its period is when rules hold.",
        policy_file.no_programme,
    ),
    _policy(
        "documents_are_not_older_than_their_signature",
        "A programme begins in the year its document was signed, or later.",
        policy_file.signed_years_later,
    ),
    _policy(
        "each_step_is_given_to_a_role_that_may_take_it",
        "A policy chooses among the roles the step allows; the decision is the committee's.",
        policy_file.roles_not_eligible,
    ),
)
_NAMED = frozenset(code for one in POLICY for code in one.codes)


def _other_problems(subject: Subject) -> Iterator[Mistake]:
    others = (codes.POLICY_GAP, codes.POLICY_SIGNED)  # remarks, of which the kit asks for less
    for one in subject.read:
        if one.code.startswith("CLB-POLICY-") and one.code not in {*_NAMED, *others}:
            yield one


FORM = Check(
    "every_value_has_the_form_of_its_key",
    "policy",
    BLOCK,
    "Every value has the type and the bounds that the schema gives its key.",
    _other_problems,
    (codes.POLICY_VALUE,),
)
FILES = (
    _read(
        "text_files_are_utf_8",
        "files",
        "Every text file of the package is saved as UTF-8.",
        codes.PLUGIN_ENCODING,
    ),
    _read(
        "the_demo_story_can_be_read",
        "files",
        "demo.toml, if the plugin brings one, has the form of a story.",
        codes.DEMO_STORY,
        codes.DEMO_FILE,
        file=DEMO_FILE,
    ),
)
ANSWER = (codes.HOOK_RAISES, codes.HOOK_ANSWER, codes.HOOK_EXITS, codes.HOOK_ENDLESS)
OUTSIDE = codes.HOOK_OUTSIDE
HOOKS = (
    _hook(
        "hooks_have_known_names",
        "Every function that looks like a hook has a hook's name: another is never called.",
        codes.HOOK_UNKNOWN,
        codes.HOOK_TWICE,
    ),
    _hook(
        "hooks_are_marked",
        "Every hook carries @hookimpl: without it the function is passed over in silence.",
        codes.HOOK_UNMARKED,
    ),
    _hook(
        "hooks_take_one_plain_request",
        "A hook takes one argument called request, without default, and is no wrapper.",
        codes.HOOK_SIGNATURE,
        codes.HOOK_DEFAULT,
        codes.HOOK_WRAPPER,
    ),
    _hook(
        "code_uses_only_what_the_engine_offers",
        "Code imports names from engine itself: what lies inside may change with any version.",
        codes.PLUGIN_INSIDE,
        level=WARN,
    ),
    _hook(
        "code_asks_for_keys_the_policy_has",
        "A key that code asks for is in the policy file: a misspelt one never acts.",
        codes.HOOK_KEY,
    ),
    _hook(
        "the_check_hook_answers_for_every_step",
        "clb_checks answers findings for every step of a club's life.",
        *ANSWER,
        hook="clb_checks",
        asking=False,
    ),
    _hook(
        "the_check_hook_answers_when_only_asked",
        "clb_checks answers as well when somebody only asks and the form is empty.",
        *ANSWER,
        hook="clb_checks",
        asking=True,
    ),
    _hook(
        "the_report_hook_answers_reports",
        "clb_reports answers reports, each with an id, a title, a cycle and a source.",
        *ANSWER,
        hook="clb_reports",
    ),
    _hook(
        "the_section_hook_answers_tables",
        "clb_build_report answers tables: as many cells as headings, each a text or a number.",
        *ANSWER,
        hook="clb_build_report",
    ),
    _hook(
        "the_listener_hears_of_every_step",
        "clb_after_step can be called after every step of a club's life.",
        *ANSWER,
        hook="clb_after_step",
    ),
    _hook(
        "hooks_answer_the_same_twice",
        "The same request has the same answer: a paper printed again reads as before.",
        codes.HOOK_DIFFERS,
    ),
    _hook(
        "hooks_leave_the_request_as_it_was",
        "A request is frozen: the engine and the other rules read the same facts after it.",
        codes.HOOK_CHANGES,
    ),
    _hook(
        "hooks_read_no_clock",
        "No hook asks what time it is: the day is in the request.",
        codes.HOOK_CLOCK,
    ),
    _hook(
        "hooks_use_no_network",
        "No hook opens a connection: a commune's office works without one.",
        OUTSIDE,
        about=("network",),
    ),
    _hook(
        "hooks_write_no_file",
        "No hook writes, moves or removes a file.",
        OUTSIDE,
        about=("file",),
    ),
    _hook(
        "hooks_open_no_database",
        "No hook opens a database, the engine's least of all.",
        OUTSIDE,
        about=("database",),
    ),
    _hook(
        "hooks_read_no_environment",
        "No hook reads the environment: the same step is judged alike on every machine.",
        OUTSIDE,
        about=("environment",),
    ),
    _hook(
        "hooks_start_no_process",
        "No hook starts another program.",
        OUTSIDE,
        about=("process",),
    ),
    _hook(
        "hooks_print_nothing",
        "No hook prints: what a command answers as JSON must stay JSON.",
        codes.HOOK_PRINTS,
    ),
    _hook(
        "hooks_answer_in_time",
        "An answer takes two seconds at most: the club is locked and an officer waits.",
        codes.HOOK_SLOW,
        codes.HOOK_ENDLESS,
        level=WARN,
    ),
    _hook(
        "findings_have_codes_of_their_own",
        "A finding's code is capitals with hyphens and not one of the engine's (CLB-...).",
        codes.HOOK_ANSWER,
        about=("code",),
    ),
    _hook(
        "findings_say_what_to_do",
        "What blocks or warns gives in a sentence what is wrong, who acts and how.",
        codes.HOOK_ANSWER,
        about=("message", "level", "fix", "who"),
    ),
)
CHECKS: tuple[Check, ...] = (
    *MANIFEST,
    *POLICY,
    FORM,
    *FILES,
    *HOOKS,
    *(_played(one, "clubs") for one in CLUB_CHECKS),
    *(_played(one, "reports") for one in REPORT_CHECKS),
)
"""Every check, in the order in which the kit makes them."""
