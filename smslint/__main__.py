"""The program: ``smslint`` and ``python -m smslint``."""

from __future__ import annotations

import gc
import sys

from smslint import streams

CANNOT = 2
INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its status, which nobody else decides."""
    try:
        status = _status()
    except KeyboardInterrupt:
        status = INTERRUPTED
    # Python looks through all that a run made once more when it ends; the system takes it back anyway.
    gc.freeze()
    sys.exit(status)


def _status() -> int:
    with streams.guarded() as output:
        status = _run()
        sys.stdout.flush()
        if output.failure and status != INTERRUPTED:
            why = (output.failure.strerror or str(output.failure)).lower()
            print(f"smslint: standard output: {why}", file=sys.stderr)
            status = CANNOT
    return status


def _run() -> int:
    """The status that a run came to; what it wrote may still get lost."""
    if sys.flags.optimize > 1:
        # What a rule means is its docstring.
        print(
            "smslint: cannot run under python -OO, which takes the documentation of its rules away; "
            "run it with -O or without",
            file=sys.stderr,
        )
        return CANNOT
    # A run makes few cycles and keeps nearly all that it makes: to look through it again is in vain.
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from importlib.metadata import version

        print(f"smslint {version('smslint')}")
        return 0
    return _command()


def _command() -> int:
    import typer

    from smslint.cli import app

    try:
        return int(app(standalone_mode=False) or 0)
    except typer.TyperException as error:
        show = getattr(error, "show", None)
        if show:
            # pydantic's word before the message of a choice says nothing to a person.
            error.message = error.message.removeprefix("Value error, ")
            show()
        else:
            print(f"smslint: {error.format_message()}", file=sys.stderr)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception:
        import traceback

        traceback.print_exc()
        fault = "this is a fault of smslint, not of its inputs; please report it with the lines above"
        print(f"smslint: {fault}", file=sys.stderr)
    return CANNOT


if __name__ == "__main__":
    main()
