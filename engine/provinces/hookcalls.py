"""One plugin's hooks: imported, held against the specification, called and answered apart.

Whatever a plugin does, it costs its own province only, and the sentence names plugin, version, hook
and what to do.
"""

import difflib
import importlib
import inspect
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from engine import codes
from engine.errors import PluginError
from engine.i18n import _

if TYPE_CHECKING:
    from engine.provinces.discover import Plugin

SLOW_SECONDS = 2.0
"""What no hook should take: officers wait for it, and while it checks a step nobody can write."""


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


def register(plugin: "Plugin") -> tuple[Any, tuple[str, ...]]:
    """Import a plugin and register its hooks with a manager of its own."""
    import pluggy

    from engine.provinces.hookspecs import ANSWERS, PROJECT, ProvinceHooks

    module = isolated(plugin, "import", lambda: importlib.import_module(plugin.package))
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(ProvinceHooks)
    try:
        manager.register(module, name=plugin.name)
        implemented = tuple(name for name in ANSWERS if getattr(manager.hook, name).get_hookimpls())
        _no_strangers(plugin, module, implemented)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise broken(plugin, "hooks", str(error)) from error
    for name in implemented:
        for one in getattr(manager.hook, name).get_hookimpls():
            _plain_signature(plugin, name, one)
    return manager.hook, implemented


def _no_strangers(plugin: "Plugin", module: ModuleType, implemented: tuple[str, ...]) -> None:
    """Refuse functions that look like hooks and would never be called: pluggy says nothing."""
    from engine.provinces.hookspecs import ANSWERS, PROJECT

    for name, value in vars(module).items():
        if not name.startswith(f"{PROJECT}_") or not inspect.isfunction(value):
            continue
        if name in implemented:
            continue
        if name in ANSWERS:
            raise broken(plugin, name, _("the function is not marked with @hookimpl"))
        near = difflib.get_close_matches(name, ANSWERS, n=1)
        raise broken(
            plugin,
            name,
            _("there is no such hook; did you mean {name}?").format(
                name=near[0] if near else ", ".join(ANSWERS)
            ),
        )


def _plain_signature(plugin: "Plugin", name: str, implementation: Any) -> None:
    """Refuse defaults and wrappers: what they do depends on pluggy's version."""
    parameters = list(inspect.signature(implementation.function).parameters.values())
    plain = [one.name for one in parameters] == ["request"]
    if not plain or parameters[0].default is not inspect.Parameter.empty:
        raise broken(plugin, name, _("it must take one argument called request, without default"))
    if implementation.wrapper or implementation.hookwrapper:
        raise broken(plugin, name, _("a wrapper is not a hook of a province"))


def isolated(plugin: "Plugin", hook: str, work: Callable[[], Any]) -> Any:
    """Run plugin code; whatever it raises, sys.exit included, becomes a ``PluginError``."""
    try:
        return work()
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        raise broken(plugin, hook, f"{type(error).__name__}: {error}") from error


def broken(plugin: "Plugin", hook: str, reason: str) -> PluginError:
    return PluginError(
        _("The plugin {plugin} of {province} failed in {hook}: {reason}.").format(
            plugin=plugin, province=plugin.province, hook=hook, reason=reason
        ),
        code=codes.PLUGIN_FAILED,
        help=_(
            "Other provinces work. Install a mended version: pip install --upgrade {name}."
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

    With ``CLB_TRACE_HOOKS`` the call is shown on standard error, a failing one too. Raises
    ``PluginError``.
    """
    from engine.provinces.hookspecs import ANSWERS

    tracing = bool(os.environ.get("CLB_TRACE_HOOKS"))
    started = time.perf_counter()
    try:
        given = isolated(plugin, hook, lambda: function(request=request))
        found = list(checked(plugin, hook, given, ANSWERS[hook]))
    except PluginError as error:
        if tracing:
            _shown(HookCall(plugin, hook, time.perf_counter() - started), request, error)
        raise
    call = HookCall(plugin, hook, time.perf_counter() - started)
    if tracing:
        _shown(call, request, found)
    return found, call


def _shown(call: HookCall, request: object, answer: "list[Any] | PluginError") -> None:
    from engine.provinces.trace import show

    show(call, request, answer)
