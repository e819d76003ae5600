"""One reader under atheris, in a process of its own: ``bench.fuzz`` starts it.

    python -m bench.fuzz.child READER CRASHES [what libFuzzer takes: a corpus, -max_total_time=60]

What a reader may not raise is written into CRASHES, once for each kind and place, and the run goes
on. What Python cannot catch (too long, too much memory, a fault of a library) libFuzzer writes
there itself, and ends.
"""

import sys
import traceback
from contextlib import suppress
from pathlib import Path

import atheris

LED_THROUGH = (
    *("engine", "check_proof", "json", "tomli", "zipfile"),
    *("docx", "docxtpl", "jinja2"),
)
"""The packages in Python whose branches lead the run; of what is in C or Rust none can be seen."""


def main(arguments: list[str]) -> None:
    """Run until libFuzzer ends the process."""
    name, crashes, *options = arguments
    seen = set[str]()
    with atheris.instrument_imports(include=list(LED_THROUGH)):
        from bench.fuzz.readers import named, outcome

        one = named(name)
        # Much is imported only where it is needed.
        for seed in one.seeds():
            with suppress(Exception):
                outcome(one, seed)

    def once(data: bytes) -> None:
        try:
            outcome(one, data)
        except Exception as error:  # noqa: BLE001  (any other one is what is looked for)
            where = place(error)
            if where not in seen:
                seen.add(where)
                report(Path(crashes), f"{name}-{len(seen)}", data, error)

    atheris.Setup([sys.argv[0], *options], once)
    atheris.Fuzz()


def place(error: BaseException) -> str:
    """Return what kind of crash it is, and the last line of the program that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [one for one in frames if f"{Path('engine')}/" in one.filename] or frames
    return f"{type(error).__name__} {own[-1].filename}:{own[-1].lineno}"


def report(folder: Path, name: str, data: bytes, error: BaseException) -> None:
    """Write an input and the traceback that it led to."""
    (folder / f"{name}.input").write_bytes(data)
    lines = traceback.format_exception(error)
    (folder / f"{name}.txt").write_text("".join(lines), encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main(sys.argv[1:])
