"""``python -m tools.paper_templates [FOLDER]``: write every template, by default in its place."""

import sys
from pathlib import Path

from tools.paper_templates import FOLDER, TEMPLATES, word_file

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
for layout in TEMPLATES:
    (folder / f"{layout.__name__}.docx").write_bytes(word_file(layout()))
