"""Checks of what a plugin says of itself: its entry point, its version, what it leaves out."""

import re

from engine import API_VERSION
from engine.errors import ClbError
from engine.package_data import read_beside
from engine.provinces.load import POLICY_FILE
from engine.testing.base import Checks, left_out, names
from engine.testing.subject import CODE, Subject

PROJECT = "pyproject.toml"
VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?")


class ManifestChecks(Checks):
    """What is installed under the province's name."""

    def test_one_plugin_claims_the_province(self, subject: Subject) -> None:
        """A province has one plugin: with two, no officer could say which rules were applied."""
        others = ", ".join(map(str, subject.plugins[1:]))
        subject.require(
            not others,
            f"{others} claims the province {subject.province} as well.",
            mend="Uninstall one of them: pip uninstall NAME.",
            file=PROJECT,
        )

    def test_the_entry_point_names_one_package(self, subject: Subject) -> None:
        """The entry point is one top-level package: finding a dotted one would run its code."""
        value = subject.plugin.package
        subject.require(
            value.isidentifier(),
            f"the entry point is “{value}”.",
            mend="Give the name of one top-level package.",
            file=PROJECT,
            key="clb.provinces",
        )

    def test_the_version_is_a_number(self, subject: Subject) -> None:
        """The version is numbers with dots, because every event keeps it as part of its receipt."""
        version = subject.plugin.version
        subject.require(
            VERSION.fullmatch(version),
            f"the version is “{version}”.",
            mend="Write numbers with dots, such as 0.1.0; no dev or local versions.",
            file=PROJECT,
            key="version",
        )

    def test_the_policy_lies_beside_the_package(self, subject: Subject) -> None:
        """policy.toml is installed with the package, where it is read without running any code."""
        package = subject.plugin.package
        found = package.isidentifier() and read_beside(package, POLICY_FILE) is not None
        subject.require(
            found,
            "it is not there.",
            mend=f"Put it into the folder {package} and see that the wheel holds it.",
        )

    def test_the_policy_is_of_this_province(self, subject: Subject) -> None:
        """The policy's id is the entry point's name."""
        found = subject.policy.province_id
        subject.require(
            found == subject.province,
            f"it is the policy of {found}.",
            mend=f"Write {subject.province}.",
            key="province.id",
        )

    def test_the_interface_is_this_engines(self, subject: Subject) -> None:
        """The plugin is written for this engine's major version of the interface."""
        wanted = subject.policy.api_version
        subject.require(
            int(wanted.partition(".")[0]) == API_VERSION[0],
            f"it asks for version {wanted}; this engine has {API_VERSION[0]}.{API_VERSION[1]}.",
            mend="Upgrade the older of the two: pip install --upgrade NAME.",
            key="province.api_version",
        )

    def test_the_prefix_of_club_ids_is_its_own(self, subject: Subject) -> None:
        """Club ids begin with letters that no other installed province uses."""
        for other in subject.provinces.found():
            if other == subject.province:
                continue
            try:
                taken = subject.provinces.policy(other)
            except ClbError:  # a neighbour that is broken is no fault of this plugin's
                continue
            subject.require(
                taken.prefix != subject.policy.prefix,
                f"{taken.prefix} is the prefix of {other} already.",
                mend="Choose other letters before the first club is opened.",
                key="province.prefix",
            )

    def test_the_package_imports(self, subject: Subject) -> None:
        """The package can be imported with what its distribution installs, in seconds."""
        if subject.plugin.package.isidentifier():
            subject.require(
                subject.import_error is None,
                f"importing the package fails: {subject.import_error}.",
                mend="Mend the code, or name what it needs under dependencies in pyproject.toml.",
                file=CODE,
            )

    def test_left_out_checks_have_a_name_and_a_reason(self, subject: Subject) -> None:
        """A check may be left out by its name and with a written reason; nothing else counts."""
        known = names(type(self))
        for check, reasons in left_out(subject).items():
            subject.require(
                check in known and all(reason.strip() for reason in reasons),
                f"there is no check “{check}”, or no reason is given.",
                mend="pytest --collect-only lists the checks, each named test_CHECK.",
                key="left_out",
            )
