"""The program: ``smslint`` and ``python -m smslint``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line. A closed pipe ends it quietly, Ctrl-C with status 130."""
    if sys.flags.optimize > 1:
        # What a rule means is its docstring.
        print(
            "smslint: cannot run under python -OO, which takes the documentation of its rules away; "
            "run it with -O or without",
            file=sys.stderr,
        )
        sys.exit(2)
    # A run makes few cycles and keeps nearly all that it makes: to look through it again is in vain.
    gc.disable()
    try:
        if sys.argv[1:] == ["--version"]:
            from importlib.metadata import version

            print(f"smslint {version('smslint')}", flush=True)
            return
        from smslint.cli import app

        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
