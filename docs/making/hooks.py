"""The reference of the hooks, and of every name a plugin may import."""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_type_hints

import engine
import schemas
from engine.lifecycle.gather import FACTS
from engine.provinces.hookspecs import ANSWERS, ProvinceHooks
from engine.states import STEPS
from making import answers, sources
from making.page import PROVINCES, ROOT, code, opening, table

ABOUT = (
    "A hook is a function of your plugin's package, marked `@hookimpl`, with one argument called\n"
    "`request` and no default. Implement the ones you need; a province that has nothing to add\n"
    "implements none. Only the plugin of the club's own province is asked. A hook reads no clock, "
    "no\ndatabase and no network and writes no file: all it may know is in the request, which "
    "cannot be\nchanged. Everything here is imported from `engine` itself "
    "(`from engine import hookimpl, Finding`)."
)


EXAMPLE = """\
## A check, from its article to its case

What the document asks for is a value of the policy file; the code only applies it, and cites it:

```toml
[[setting.own_name_has_village]]
value = true
source = "KH1, III.4"
```

```python
@hookimpl
def clb_checks(request: StepRequest) -> Sequence[Finding]:
    rule = request.rules.stated("setting.own_name_has_village", request.on)
    if request.step not in ("open", "propose", "rename") or not rule.value:
        return []
    name = request.field("name") or request.club.name
    village = request.field("village") or request.club.village
    if village.casefold() in name.casefold():
        return []
    return [
        Finding(
            code="TT-NAME",
            level=Level.WARN,
            message=f"Tên câu lạc bộ “{name}” không có tên {village}.",
            expected=village,
            actual=name,
            source=rule.source,
            who="Hội Người cao tuổi xã",
            fix="Ghi tên thôn vào tên câu lạc bộ, hoặc nêu lý do.",
        )
    ]
```

```toml
[[finding]]
step = "propose"
on = 2026-04-20
code = "TT-NAME"
level = "warn"
article = "III.4"
```

- `request.step` and the form's fields are those of [forms](forms.md). At `open` the club has no
  name yet: it is in the form. `request.field("name")` is `None` where the form has no such field,
  and always when somebody only asks (`request.asking`).
- `rules.stated` answers what the documents stipulate that day (`value` is `None` where that is
  nothing), `rules.rule` the general procedure's value in its place.
- A finding's code is capitals with hyphens, not `CLB-…`. A `block` refuses the step, a `warn` wants
  a reason (`--ack CODE="why"`), a `note` only informs.
- A check is about every step: answer `[]` at once for the steps it does not concern.

"""


def page() -> str:
    """Return the page: each hook, an example, then each type."""
    parts = [opening("Hooks", ABOUT), "## The hooks\n\n"]
    parts += [_hook(name) for name in ANSWERS]
    parts += [EXAMPLE, _facts(), _figures(), "## What a plugin may import\n\n"]
    parts += [
        _type(name, getattr(engine, name))
        for name in sorted(engine.__all__)
        if not name.startswith("_")
    ]
    parts.append(
        "## What a request leads to\n\nThese are reached through a request's fields and are not "
        "imported: use what they hold.\n\n"
    )
    parts += [_type(name, kind) for name, kind in sorted(_reached().items())]
    return "".join(parts).rstrip() + "\n"


def _facts() -> str:
    """Return the table of what each step reads before its checks."""
    steps = [step for step in STEPS if any(fact.needs <= step.needs for fact in FACTS.values())]
    rows = [
        (
            code(step.name),
            *("✓" if fact.needs <= step.needs else "" for fact in FACTS.values()),
        )
        for step in steps
    ]
    return (
        "## The facts of a request\n\nEvery field of a [StepRequest](#steprequest) can be asked "
        "for at every step. What is marked here\nis read for the step in any case; any other fact "
        "is read when your check asks for it, once, and\ncosts its query only then: a check that "
        "asks for none adds no query to a step. So ask after you\nknow that the step concerns you. "
        "When a record is corrected, the facts are those of the day of that\nrecord.\n\n"
        f"{table(('step', *map(code, FACTS)), rows)}\n"
        "Steps that are not here read none of them.\n\n"
    )


def _figures() -> str:
    schema = schemas.load("report")
    kept = {name: schema["properties"][name] for name in ("figures", "progress")}
    rows = answers.rows({**schema, "properties": kept})
    return (
        "## The figures of a report\n\nWhat `request.figures` of `clb_build_report` holds, such as "
        '`request.figures["figures"]["members"]`:\nthe sums on the period\'s last day (`grants`, '
        "`supervisions`, `reviews`, `trainings` and\n`meetings` are those within it), and the "
        "targets. Money is đồng. A list is a tuple, a table a\n[FrozenMap](#frozenmap).\n\n"
        f"{table(('field', 'value'), [(code(path), kind) for path, kind in rows])}\n"
    )


def _reached() -> dict[str, Any]:
    """Return the engine's types that the fields of the offered ones lead to."""
    offered = [getattr(engine, name) for name in engine.__all__ if not name.startswith("_")]
    found: dict[str, Any] = {}
    waiting = [kind for kind in offered if sources.is_record(kind)]
    while waiting:
        for kind in _parts(_hints(waiting.pop())):
            ours = kind.__module__.startswith("engine.") and kind not in offered
            if ours and (sources.is_record(kind) or sources.is_list(kind)):
                if kind.__name__ not in found and sources.is_record(kind):
                    waiting.append(kind)
                found[kind.__name__] = kind
    return found


def _hints(kind: type) -> list[Any]:
    """Return the types of a record's fields and of what its methods return."""
    methods = [one.fget if isinstance(one, property) else one for one in vars(kind).values()]
    asked = [one for one in methods if inspect.isfunction(one) and one.__name__[0] != "_"]
    return [
        *get_type_hints(kind).values(),
        *(get_type_hints(one).get("return") for one in asked),
    ]


def _parts(hints: Sequence[Any]) -> Iterator[type]:
    for hint in hints:
        if isinstance(hint, type):
            yield hint
        yield from _parts(get_args(hint))


def _hook(name: str) -> str:
    spec = getattr(ProvinceHooks, name)
    signature = inspect.signature(spec)
    request = signature.parameters["request"].annotation.__name__
    answer = ANSWERS[name]
    back = f"a sequence of [{answer.__name__}](#{answer.__name__.lower()})" if answer else "nothing"
    users = [province for province in PROVINCES if name in _hooks_of(province)]
    return (
        f"### `{name}(request)`\n\n"
        f"{sources.docstring(spec)}\n\n"
        f"- Request: [{request}](#{request.lower()})\n"
        f"- Answer: {back}\n"
        f"- Implemented by: {', '.join(map(code, users)) or 'none of the four provinces'}\n\n"
    )


def _hooks_of(province: str) -> set[str]:
    text = (ROOT / "plugins" / province / f"clb_{province}" / "__init__.py").read_text("utf-8")
    return set(re.findall(r"@hookimpl\s+def (clb_\w+)", text))


def _type(name: str, kind: Any) -> str:
    head = f"### `{name}`\n\n"
    if name == "hookimpl":
        return f"{head}Marks a function as a hook of the province.\n\n"
    if sources.is_list(kind):
        values = ", ".join(code(str(one.value)) for one in kind)
        return f"{head}{sources.docstring(kind)} Values: {values}.\n\n"
    text = f"{head}{sources.docstring(kind)}\n\n"
    if sources.is_record(kind):
        rows = [(code(field), code(kind_), code(default)) for field, kind_, default in
                sources.fields(kind)]  # fmt: skip
        text += table(("field", "type", "default"), rows) + "\n"
    own = [(code(shown), text) for shown, text in sources.methods(kind) if text]
    if own:
        text += table(("method", "returns"), own) + "\n"
    return text
