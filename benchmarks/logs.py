"""What diagnosing a log of 100 MB costs beside `grep -cE` of the same literals, and in how much memory.

At most 10 times the processor time of grep, and no more memory for 100 MB than for 10 MB. The log is the
healthy life of send requests, as a busy sender of Configuration Manager writes it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from smslint.logs.literal import parts
from smslint.logs.signatures import SIGNATURES

TARGET = 10
ROUNDS = 5
FRAME = "{}  $$<SMS_LAN_SENDER><12-06-2016 {:02}:{:02}:{:02}.{:03}+300><thread={} (0x{:X})>\r\n"


def messages() -> Iterator[tuple[int, str]]:
    """Each message and its thread, without end."""
    number = 0
    while True:
        number += 1
        request, site, thread = (
            f"{number % 0xFFFFF:05X}CS1",
            ("CS1", "NYC", "LON")[number % 3],
            4000 + number % 50,
        )
        remote, local = (
            rf"\\BOSTON.contoso.com\SMS_SITE\{request}",
            rf"C:\SMS\inboxes\schedule.box\tosend\{request}",
        )
        yield 77, f"Found send request.  ID: {request}, Dest Site: {site}~"
        yield 77, "Checking for site-specific sending capacity.  Used 0 out of 3.~"
        yield 77, "Checking for sending capacity.  Used 1 out of 5.~"
        yield 77, f"Created sending thread (Thread ID = {thread:X})"
        yield thread, "Passed the xmit file test, use the existing connection"
        for ending in ("PCK", "SNI", "TMP"):
            yield thread, f"Checking for remote file {remote}.{ending}"
        yield thread, f"Attempt to create/open the remote file {remote}.PCK"
        yield thread, f"Sending Started [{local}.P70]"
        for position in range(0, 20 << 18, 1 << 18):
            yield thread, f"Attempt to write 262144 bytes to {remote}.PCK at position {position}"
            yield thread, f"Wrote 262144 bytes to {remote}.PCK at position {position}"
        yield thread, f"Sending completed [{local}.P70]"
        yield thread, f"Finished sending SWD package CS100012 version 3 to site {site}"
        yield thread, "Sending completed successfully"
        yield 77, "No (more) send requests found to process"


def write(path: Path, size: int) -> None:
    """Write a log of about ``size`` bytes."""
    with path.open("w", newline="") as file:
        written = clock = 0
        for thread, message in messages():
            when = clock // 3_600_000 % 24, clock // 60_000 % 60, clock // 1000 % 60, clock % 1000
            written += file.write(FRAME.format(message, *when, thread, thread))
            clock += 37
            if written >= size:
                return


def expression() -> str:
    """All literals of the signatures, for grep."""
    literals = [
        "".join(
            ".*" if variable else re.sub(r"([\\.\[\]()*+?{}|^$])", r"\\\1", text)
            for text, variable in parts(each)
        )
        for signature in SIGNATURES
        for each in signature.literals
    ]
    return "|".join(literal.replace(" ", " +") for literal in literals)


def cost(*command: str | Path) -> tuple[float, float]:
    """Seconds of processor time and MB of memory that a command takes."""
    # Into a file: grep stops at its first match where nobody would see the count.
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([str(word) for word in command], stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> int:
    """Print what both take, and their ratio: 0 when it is within the target."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.log"), Path(folder, "large.log")
        write(small, 10_000_000)
        write(large, 100_000_000)
        diagnose = (sys.executable, "-m", "smslint", "diagnose", "--isolated")
        grep = median(cost("grep", "-cE", expression(), large)[0] for _ in range(ROUNDS))
        ours = [cost(*diagnose, large) for _ in range(ROUNDS)]
        seconds, memory = median(each[0] for each in ours), max(each[1] for each in ours)
        _, little = cost(*diagnose, small)
    ratio = seconds / grep
    print(f"grep -cE {grep:.2f} s, smslint {seconds:.2f} s: {ratio:.1f} x (target: at most {TARGET})")
    print(f"memory: {little:.0f} MB for 10 MB, {memory:.0f} MB for 100 MB")
    return 0 if ratio <= TARGET and memory < little * 1.2 else 1


if __name__ == "__main__":
    sys.exit(main())
