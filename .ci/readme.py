"""The commands that the README shows, so that CI runs the very same ones.

``python .ci/readme.py command lint`` prints the command of the block marked ``lint``; ``output lint`` prints
what the README says it prints; ``--write lint FILE`` puts FILE's text there.
"""

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
KINDS = {"command": "sh", "output": "text"}


def block(kind: str, name: str) -> re.Match[str]:
    """The fenced block of a kind with a name; exits when the README has none."""
    found = re.search(rf"^```{KINDS[kind]} {name}\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    if found is None:
        sys.exit(f"README.md has no {kind} block named {name}")
    return found


if sys.argv[1] == "--write":
    match = block("output", sys.argv[2])
    text, printed = README.read_text("utf-8"), Path(sys.argv[3]).read_text("utf-8")
    README.write_text(text[: match.start(1)] + printed + text[match.end(1) :], "utf-8")
else:
    print(block(sys.argv[1], sys.argv[2])[1], end="")
