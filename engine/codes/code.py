"""What a code is."""

from engine.i18n import _


class Code(str):
    """The id of a finding or an error (``CLB-DATE-FUTURE``), with its explanation.

    ``means`` and ``fix`` are sentences in the language in use. ``keys`` are the policy keys that
    it is judged by, ``{step}`` in one is the name of the step; a code without keys is a
    rule of the engine. A copy or a pickle of a code is its id as plain text.
    """

    __slots__ = ("_fix", "_means", "keys")

    _means: str
    _fix: str
    keys: tuple[str, ...]

    def __new__(cls, name: str, means: str, fix: str, keys: tuple[str, ...] = ()) -> "Code":
        """Return a code; ``means`` and ``fix`` are English, marked with ``N_``."""
        code = super().__new__(cls, name)
        code._means = means
        code._fix = fix
        code.keys = keys
        return code

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)

    @property
    def means(self) -> str:
        """Return what the code means."""
        return _(self._means)

    @property
    def fix(self) -> str:
        """Return how to fix what the code reports."""
        return _(self._fix)

    def keys_of(self, step: str) -> tuple[str, ...]:
        """Return the policy keys that the code is judged by at a step."""
        return tuple(key.format(step=step) for key in self.keys)
