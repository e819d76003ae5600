"""One plugin's hooks: imported, compared with the specification, called one at a time.

Whatever a plugin does, it costs its own province only, and the sentence names plugin, version, hook
and what to do.
"""

import difflib
import importlib
import inspect
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.errors import InputError, PluginError, StorageError
from engine.i18n import _, language
from engine.provinces.ending import PLACE
from engine.provinces.time_limit import BrokenOffError, TimeLimit

if TYPE_CHECKING:
    from engine.provinces.discover import Plugin

SLOW_SECONDS = 2.0
"""What no hook should take: officers wait for it, and while it checks a step nobody can write."""


CALL_SECONDS = 5.0
"""After which a hook is broken off, where ``CLB_HOOK_SECONDS`` says nothing else."""
LOAD_SECONDS = 15.0
"""After which loading a plugin is broken off."""
SETTING = "CLB_HOOK_SECONDS"
MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class HookCall:
    """A hook that was called and what it took, in seconds."""

    plugin: "Plugin"
    hook: str
    seconds: float

    @property
    def is_slow(self) -> bool:
        """Return whether the hook took longer than any should."""
        return self.seconds > SLOW_SECONDS


@dataclass(frozen=True, slots=True)
class HookShape:
    """How a function that looks like a hook is written, read as text or from the function itself.

    ``plain`` is an ordinary function: neither ``async``, nor with ``*`` or ``**``.
    """

    name: str
    marked: bool
    wrapper: bool
    arguments: tuple[str, ...]
    default: bool
    plain: bool


def shape_faults(shape: HookShape) -> Iterator[str]:
    """Yield the code of each way in which a function is not a hook of a province.

    pluggy passes over a misspelt or unmarked function in silence, and what a default or a wrapper
    does depends on its version.
    """
    from engine.provinces.hookspecs import ANSWERS

    if shape.name not in ANSWERS:
        yield codes.HOOK_UNKNOWN
        return
    if not shape.marked:
        yield codes.HOOK_UNMARKED
    if shape.wrapper:
        yield codes.HOOK_WRAPPER
    if shape.arguments != ("request",) or not shape.plain:
        yield codes.HOOK_SIGNATURE
    if shape.default:
        yield codes.HOOK_DEFAULT


def nearest_hook(name: str) -> str:
    """Return the hook's name that a misspelt one is nearest to, else all names."""
    from engine.provinces.hookspecs import ANSWERS

    near = difflib.get_close_matches(name, ANSWERS, n=1)
    return near[0] if near else ", ".join(ANSWERS)


def shapes(module: ModuleType) -> Iterator[HookShape]:
    """Yield the shape of each function of an imported package that looks like a hook."""
    from engine.provinces.hookspecs import PROJECT

    for name, function in vars(module).items():
        options = getattr(function, f"{PROJECT}_impl", None)
        if not inspect.isfunction(function) or not (options or name.startswith(f"{PROJECT}_")):
            continue
        parameters = list(inspect.signature(function).parameters.values())
        chosen = options or {}
        yield HookShape(
            chosen.get("specname") or name,
            options is not None,
            bool(chosen.get("wrapper") or chosen.get("hookwrapper")),
            tuple(one.name for one in parameters),
            any(one.default is not inspect.Parameter.empty for one in parameters),
            not inspect.iscoroutinefunction(function)
            and all(one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in parameters),
        )


def register(plugin: "Plugin") -> tuple[Any, tuple[str, ...]]:
    """Import a plugin and register its hooks with a manager of its own.

    Return the manager's callers and the names of the hooks. Raise ``PluginError`` when the package
    cannot be imported or a function that looks like a hook is none.
    """
    import pluggy

    from engine.provinces.hookspecs import ANSWERS, PROJECT, ProvinceHooks

    module = _in_time(
        plugin,
        "import",
        LOAD_SECONDS,
        lambda: isolated(plugin, "import", lambda: importlib.import_module(plugin.package)),
    )
    for shape in shapes(module):
        for code in shape_faults(shape):
            raise broken(plugin, shape.name, _reason(code, shape.name))
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(ProvinceHooks)
    try:
        manager.register(module, name=plugin.name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise broken(plugin, "hooks", str(error)) from error
    implemented = tuple(name for name in ANSWERS if getattr(manager.hook, name).get_hookimpls())
    return manager.hook, implemented


def _reason(code: str, name: str) -> str:
    if code == codes.HOOK_UNKNOWN:
        return _("there is no such hook; did you mean {name}?").format(name=nearest_hook(name))
    if code == codes.HOOK_UNMARKED:
        return _("the function is not marked with @hookimpl")
    if code == codes.HOOK_WRAPPER:
        return _("a wrapper is not a hook of a province")
    return _("it must take one argument called request, without default")


def isolated(plugin: "Plugin", hook: str, work: Callable[[], Any]) -> Any:
    """Run plugin code; whatever it raises, sys.exit included, becomes a ``PluginError``."""
    try:
        return work()
    except (KeyboardInterrupt, GeneratorExit, BrokenOffError, StorageError):
        raise  # StorageError: a fact that the request was asked for could not be read
    except BaseException as error:
        at = raised_at(error, plugin.package)
        found = f"{type(error).__name__}: {error}"
        raise broken(plugin, hook, f"{found} ({at})" if at else found) from error


def raised_at(error: BaseException, package: str) -> str:
    """Return the file and line of a package that an error came from last, "" where it has none."""
    found, here = "", error.__traceback__
    inside = f"{os.sep}{package}{os.sep}"
    while here is not None:
        _before, part, file = here.tb_frame.f_code.co_filename.rpartition(inside)
        if part:
            found = f"{package}/{file}:{here.tb_lineno}".replace(os.sep, "/")
        here = here.tb_next
    return found


def broken(plugin: "Plugin", hook: str, reason: str) -> PluginError:
    """Return the error of a plugin that failed in a hook, or while it was loaded."""
    return PluginError(
        _("The plugin {plugin} of {province} failed in {hook}: {reason}.").format(
            plugin=plugin, province=plugin.province, hook=hook, reason=reason
        ),
        code=codes.PLUGIN_FAILED,
        help=_(
            "Other provinces work. Install a corrected version: pip install --upgrade {name}."
        ).format(name=plugin.name),
    )


def checked(plugin: "Plugin", hook: str, answers: Any, kind: type | None) -> Iterable[Any]:
    """Yield a hook's answers, each of the promised type."""
    if kind is None:
        return
    for answer in answers:
        if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
            raise broken(plugin, hook, _("the answer is not a sequence"))
        for one in isolated(plugin, hook, partial(list, answer)):
            if not isinstance(one, kind):
                raise broken(
                    plugin,
                    hook,
                    _("the answer holds {found}, not {expected}").format(
                        found=type(one).__name__, expected=kind.__name__
                    ),
                )
            yield one


def answers(
    plugin: "Plugin", hook: str, function: Callable[..., Any], request: object
) -> tuple[list[Any], HookCall]:
    """Call a hook and return its answers, each of the promised type, and what the call took.

    A call that takes longer than ``most_seconds`` is broken off. With ``CLB_TRACE_HOOKS`` the call
    is shown on standard error before it begins and when it has ended, a failing one too. Raises
    ``PluginError``.
    """
    from engine.provinces.hookspecs import ANSWERS

    def ask() -> list[Any]:
        given = isolated(plugin, hook, lambda: function(request=request))
        return list(checked(plugin, hook, given, ANSWERS[hook]))

    tracing = bool(os.environ.get("CLB_TRACE_HOOKS"))
    if tracing:
        _begun(plugin, hook, request)
    started = time.perf_counter()
    try:
        found = _in_time(plugin, hook, most_seconds(), ask)
    except PluginError as error:
        if tracing:
            _shown(HookCall(plugin, hook, time.perf_counter() - started), request, error)
        raise
    call = HookCall(plugin, hook, time.perf_counter() - started)
    if tracing:
        _shown(call, request, found)
    return found, call


def most_seconds() -> float:
    """Return what a hook may take at most: ``CALL_SECONDS``, or what ``CLB_HOOK_SECONDS`` says.

    Raise ``InputError`` when that is no number of seconds.
    """
    typed = os.environ.get(SETTING)
    if not typed:
        return CALL_SECONDS
    with suppress(ValueError):
        seconds = float(typed)
        if 0 < seconds <= MOST_SECONDS:
            return seconds
    raise InputError(
        _("{setting} is “{typed}”, not a number of seconds.").format(setting=SETTING, typed=typed),
        code=codes.USAGE,
        help=_("Set it to a number from 1 to {most}, or unset it.").format(most=MOST_SECONDS),
    )


def _in_time(plugin: "Plugin", hook: str, seconds: float, work: Callable[[], Any]) -> Any:
    """Run plugin code that must come back; what does not is broken off, as a ``PluginError``."""

    def error(place: str) -> PluginError:
        return _endless(plugin, hook, seconds, place)

    text = _sentence(plugin, hook, seconds, language())

    def sentence(place: str) -> str:
        return text.replace(PLACE, "".join(filter(str.isprintable, place or plugin.package)))

    limit = TimeLimit(seconds, plugin.package, sentence)
    try:
        answer = limit.run(work)
    except BrokenOffError:
        raise error(limit.place) from None
    if limit.late:
        raise error(limit.place)
    return answer


@cache
def _sentence(plugin: "Plugin", hook: str, seconds: float, _language: str) -> str:
    """Return what is written where the process has to be ended, with ``PLACE`` in it."""
    failure = _endless(plugin, hook, seconds, PLACE)
    lines = (failure.message, f"  → {failure.help}", f"  ({failure.code})")
    return "\n".join("".join(filter(str.isprintable, line)) for line in lines)


def _endless(plugin: "Plugin", hook: str, seconds: float, place: str) -> PluginError:
    """Return the error of a hook that was broken off at a place of its code."""
    from engine.provinces.hookspecs import ANSWERS

    listens = hook in ANSWERS and ANSWERS[hook] is None
    return PluginError(
        _(
            "The plugin {plugin} of {province} did not come back from {hook} within {seconds} "
            "seconds and was broken off at {place}."
        ).format(
            plugin=plugin,
            province=plugin.province,
            hook=hook,
            seconds=f"{seconds:g}",
            place=place or plugin.package,
        ),
        code=codes.HOOK_ENDLESS,
        help=(
            _("The step itself was recorded. Send this to the author of {name}.")
            if listens
            else _("Nothing was recorded, other provinces work. Send this to the author of {name}.")
        ).format(name=plugin.name),
    )


def _begun(plugin: "Plugin", hook: str, request: object) -> None:
    from engine.provinces.trace import show_begun

    show_begun(plugin, hook, request)


def _shown(call: HookCall, request: object, answer: "list[Any] | PluginError") -> None:
    from engine.provinces.trace import show

    show(call, request, answer)
