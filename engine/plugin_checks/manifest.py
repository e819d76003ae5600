"""Whether a plugin's distribution works once installed, next to the provinces already there."""

import csv
import io
import os
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

from engine import __version__, codes
from engine.errors import ClbError
from engine.files import TEXT_BYTES, file_bytes
from engine.i18n import _
from engine.package_data import read_package_file
from engine.plugin_checks.code import hook_lines
from engine.plugin_checks.locate import PROJECT_FILE
from engine.plugin_checks.model import WARN, Candidate, Mistake
from engine.policy.files import parse_policy
from engine.policy.model import Policy
from engine.provinces.discover import GROUP, NATIONS, Plugin
from engine.provinces.load import POLICY_FILE, Provinces

CODE, NATION = "__init__.py", "nation"
ENGINE_NAME = "clb-lien-the-he"
VERSION = re.compile(r"([0-9]+!)?[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?")
"""Versions as Python's packages write them, without the spellings that are only tolerated."""

RESERVED = frozenset({"engine", "schemas", *sys.stdlib_module_names})
"""Packages that no plugin may call its own: the engine's and Python's."""
ELSEWHERE = ("MANIFEST.in", "setup.cfg", "setup.py")
"""Files in which setuptools may also be given what goes into the wheel."""


def package_mistakes(candidate: Candidate, package: Path) -> Iterator[Mistake]:
    """Yield what keeps the package from being found at all."""
    if not (package / "__init__.py").is_file():
        yield Mistake(
            codes.PLUGIN_PACKAGE,
            candidate.package,
            "",
            _("The package “{package}” that the entry point names is not there.").format(
                package=candidate.package
            ),
            f"{candidate.package}/__init__.py",
        )
    for path in sorted(package.rglob("*")):
        if not path.is_file() and not path.is_dir():
            yield Mistake(
                codes.PLUGIN_PACKAGE,
                path.relative_to(package).as_posix(),
                "",
                _("The package holds something that is neither a file nor a folder."),
            )


def project_mistakes(candidate: Candidate) -> Iterator[Mistake]:
    """Yield what is wrong with what the distribution asks for, and with how it would be built."""
    names = {same_name(required_name(one)) for one in candidate.requires}
    if not VERSION.fullmatch(candidate.version):
        yield Mistake(
            codes.PLUGIN_VERSION,
            PROJECT_FILE,
            "project.version",
            _("“{version}” is not a version that can be compared.").format(
                version=candidate.version
            ),
            "0.1.0",
            level=WARN,
        )
    if candidate.project is not None or candidate.requires:
        yield from _needs_engine(names)
    if candidate.project is not None:
        yield from _building(candidate)


def _needs_engine(names: set[str]) -> Iterator[Mistake]:
    if ENGINE_NAME not in names:
        yield Mistake(
            codes.PLUGIN_NEEDS,
            PROJECT_FILE,
            "project.dependencies",
            _("The plugin does not say which versions of the engine it works with."),
            f'"{ENGINE_NAME}>=0.1,<1"',
            level=WARN,
        )


def _building(candidate: Candidate) -> Iterator[Mistake]:
    """Yield when the policy file or the package would be left out of the wheel."""
    assert candidate.project is not None
    try:
        text = file_bytes(candidate.project / PROJECT_FILE, TEXT_BYTES).decode("utf-8")
        project = tomllib.loads(text)
    except (OSError, ValueError, RecursionError):
        return
    backend = str(_reach(project, "build-system", "build-backend") or "")
    if backend.startswith("setuptools") and not _carries_data(project, candidate):
        yield Mistake(
            codes.PLUGIN_DATA,
            PROJECT_FILE,
            "tool.setuptools.package-data",
            _("The wheel would leave out {file}.").format(file=POLICY_FILE),
            f'{candidate.package} = ["*.toml", "templates/*.docx"]',
        )
    wheel = _reach(project, "tool", "hatch", "build", "targets", "wheel") or {}
    if backend.startswith("hatchling") and not _packs(wheel, candidate):
        yield Mistake(
            codes.PLUGIN_DATA,
            PROJECT_FILE,
            "tool.hatch.build.targets.wheel.packages",
            _("The wheel would leave out the package {package}.").format(package=candidate.package),
            f'packages = ["{candidate.package}"]',
        )


def _packs(wheel: Mapping[str, Any], candidate: Candidate) -> bool:
    """Return whether hatchling puts the package into the wheel, as far as the file shows."""
    if "packages" in wheel:
        return candidate.package in {
            str(one).rstrip("/").rpartition("/")[2] for one in wheel["packages"]
        }
    if set(wheel) & {"include", "only-include", "force-include"}:
        return True
    return same_name(candidate.name).replace("-", "_") == candidate.package.casefold()


def _carries_data(project: Mapping[str, Any], candidate: Candidate) -> bool:
    """Return whether setuptools puts the policy file into the wheel, as far as the file shows."""
    assert candidate.project is not None
    if any((candidate.project / name).exists() for name in ELSEWHERE):
        return True
    data = _reach(project, "tool", "setuptools", "package-data")
    if not isinstance(data, Mapping):
        return False
    patterns = [str(one) for name in (candidate.package, "*") for one in data.get(name, ())]
    return any(re.fullmatch(r"(\*\*/)?(\*|\*\.toml|\*\.\*|policy\.toml)", one) for one in patterns)


def _reach(data: Any, *names: str) -> Any:
    for name in names:
        if not isinstance(data, Mapping):
            return None
        data = data.get(name)
    return data


def required_name(requirement: str) -> str:
    """Return the distribution's name in a requirement such as ``name[extra]>=1; marker``."""
    found = re.match(r"\s*([A-Za-z0-9._-]+)", requirement)
    return found[1] if found else ""


def same_name(name: str) -> str:
    """Return a distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).casefold()


def there_already(candidate: Candidate, provinces: Provinces) -> list[Plugin]:
    """Return the installed plugins of the same province, or of the nation by the same id."""
    if not candidate.is_national:
        return provinces.found().get(candidate.province, [])
    return [one for one in provinces.nation_plugins() if one.province == candidate.province]


def nation_mistakes(candidate: Candidate, policy: Policy, package: Path) -> Iterator[Mistake]:
    """Yield where entry point, policy and code do not agree whether it holds for the nation."""
    if candidate.is_national != (policy.kind == NATION):
        yield Mistake(
            codes.PLUGIN_NATION,
            POLICY_FILE,
            "province.kind",
            _("The entry point is in the group {group}, the policy of the kind {kind}.").format(
                group=candidate.group, kind=policy.kind
            ),
            f'{NATIONS}: kind = "{NATION}"; {GROUP}: province, city',
        )
    for hook, line in hook_lines(package / CODE).items() if candidate.is_national else ():
        yield Mistake(
            codes.PLUGIN_NATION,
            CODE,
            hook,
            _("“{hook}” is never called: the nation's plugin is data alone.").format(hook=hook),
            _("no function"),
            line,
        )


def taken_mistakes(candidate: Candidate, provinces: Provinces) -> Iterator[Mistake]:
    """Yield the names under which pip would replace something that is not this plugin.

    The distribution's name: pip removes what is installed under it. The package's name: it would
    be found instead of another one, or hide a part of Python.
    """
    own = [
        one
        for one in there_already(candidate, provinces)
        if same_name(one.name) == same_name(candidate.name)
    ]
    if not own and _is_installed(candidate.name):
        yield _taken(candidate, "project.name", candidate.name)
    if any(one.package == candidate.package for one in own):
        return
    if candidate.package.casefold() in RESERVED or is_found(candidate.package, candidate.folder):
        yield _taken(candidate, "project.entry-points", candidate.package)


def _taken(candidate: Candidate, key: str, name: str) -> Mistake:
    return Mistake(
        codes.PLUGIN_TAKEN,
        PROJECT_FILE,
        key,
        _("“{name}” is the name of something else that is installed here.").format(name=name),
        f"clb-{candidate.province.replace('_', '-')}, clb_{candidate.province}",
    )


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def is_found(package: str, *but_in: Path) -> bool:
    """Return whether Python finds a package, other than in the working folder or in some others."""
    left_out = {os.path.realpath(one) for one in (Path(), *but_in)}
    path = [one for one in sys.path if os.path.realpath(one or os.curdir) not in left_out]
    return PathFinder.find_spec(package, path) is not None or any(
        os.path.lexists(os.path.join(one, package)) for one in path
    )


def fitting_mistakes(candidate: Candidate, provinces: Provinces) -> Iterator[Mistake]:
    """Yield why this engine, with the provinces it has, would not install a plugin."""
    others = [
        one
        for one in there_already(candidate, provinces)
        if same_name(one.name) != same_name(candidate.name)
    ]
    if others:
        yield Mistake(
            codes.PLUGIN_TWICE,
            PROJECT_FILE,
            "project.entry-points",
            _("The province {province} already has a plugin: {plugin}.").format(
                province=candidate.province, plugin=others[0]
            ),
            _("Uninstall it first: pip uninstall {name}.").format(name=others[0].name),
        )
    asked = other_engine(candidate)
    if asked:
        yield Mistake(
            codes.PLUGIN_NEEDS,
            PROJECT_FILE,
            "project.dependencies",
            _("{plugin} needs another version of the engine: {asked}.").format(
                plugin=candidate, asked=asked
            ),
            f"{ENGINE_NAME} {__version__}",
        )


def other_engine(candidate: Candidate) -> str:
    """Return the requirement of another engine than this one, ``""`` when a plugin has none."""
    for text in candidate.requires:
        try:
            one = Requirement(text)
        except InvalidRequirement:
            continue  # pip refuses it by name
        applies = one.marker is None or one.marker.evaluate()
        fits = one.specifier.contains(__version__, prereleases=True)
        if same_name(one.name) == ENGINE_NAME and applies and not fits:
            return text
    return ""


@cache
def reserved_prefixes() -> dict[str, str]:
    """Return the province for which each prefix of club ids is kept, installed or not."""
    data = read_package_file("engine", "provinces", "prefixes.csv")
    assert data is not None
    rows = csv.DictReader(io.StringIO(data.decode()))
    return {row["prefix"]: row["province"] for row in rows}


def neighbour_mistakes(candidate: Candidate, provinces: Provinces) -> Iterator[Mistake]:
    """Yield a prefix of club ids that another installed province has already."""
    if candidate.is_national:
        return
    try:
        data = file_bytes(candidate.folder / candidate.package / POLICY_FILE, TEXT_BYTES)
        prefix = parse_policy(data, origin=POLICY_FILE).prefix
    except (OSError, ClbError):
        return  # the check of the policy reports that
    reserved = reserved_prefixes()
    if reserved.get(prefix, candidate.province) != candidate.province:
        yield Mistake(
            codes.PLUGIN_PREFIX,
            POLICY_FILE,
            "province.prefix",
            _("The prefix {prefix} is kept for {province}.").format(
                prefix=prefix, province=reserved[prefix]
            ),
            next((one for one, of in reserved.items() if of == candidate.province), "")
            or _("two letters of its own"),
        )
        return
    for province in sorted(provinces.found()):
        if province == candidate.province:
            continue
        try:
            taken = provinces.policy(province).prefix == prefix
        except ClbError:
            continue  # a broken neighbour is no fault of this plugin
        if taken:
            yield Mistake(
                codes.PLUGIN_PREFIX,
                POLICY_FILE,
                "province.prefix",
                _("The clubs of {province} already have ids that begin with {prefix}.").format(
                    province=province, prefix=prefix
                ),
                _("two letters of its own"),
            )
