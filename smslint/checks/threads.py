"""SMS1xx, threads: whether what sends, schedules and receives is running and writes its log."""

from __future__ import annotations

from collections.abc import Iterator

from smslint.checks.rule import rule
from smslint.finding import Finding, Fix
from smslint.schema.sender import is_sender
from smslint.schema.site import ExecutiveThread, Tracing
from smslint.schema.version import SMS_2_AND_LATER


def _moves_packages(component: str) -> bool:
    return is_sender(component) or component.upper() in ("SMS_SCHEDULER", "SMS_DESPOOLER")


@rule(
    "SMS118",
    "sender-thread-stopped",
    severity={SMS_2_AND_LATER: "error"},
    reference="Q326589",
    certainty="derived",
    fix="manual",
)
def sender_thread_stopped(thread: ExecutiveThread) -> Iterator[Finding]:
    r"""A sender, the scheduler or the despooler is stopped, or told to stop.

    ## What it does
    Looks at the threads of SMS Executive that carry packages, the senders, `SMS_SCHEDULER` and
    `SMS_DESPOOLER`, for a `Current State` other than Running or a `Requested Operation` of Stop. Derived:
    Q326589 describes the values for SMS 2.0, not this harm.

    ## Why it is bad
    A stopped sender sends nothing; without the scheduler nothing is handed to any sender, without the
    despooler nothing that arrives is unpacked. Site Component Manager starts stopped threads again every
    hour (Q199816), so an export may show a state that was over minutes later.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_EXECUTIVE\Threads\SMS_LAN_SENDER]
    "Current State"="Stopped"
    "Requested Operation"="None"
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.4000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_EXECUTIVE\Threads\SMS_LAN_SENDER]
    "Current State"="Running"
    "Requested Operation"="None"
    ```

    ## Fix
    If it is still so, start the thread in SMS Service Manager. A `Requested Operation` of Start, written to
    the registry, starts it too, at once.
    """
    if not _moves_packages(thread.name):
        return
    state, operation = thread.current_state, thread.requested_operation
    if state.value and state.value.upper() != "RUNNING":
        at, fault, expected = state, f"was {state.value}, not Running,", "Running"
    elif (operation.value or "").upper() == "STOP":
        at, fault, expected = operation, "was told to stop", "None"
    else:
        return
    yield Finding(
        at,
        f"{thread.name} {fault} when the export was made; Site Component Manager starts stopped threads "
        "again every hour",
        fix=Fix(
            "Start the thread.",
            safety="manual",
            steps=(f"In SMS Service Manager look at {thread.name}; if it is still stopped, start it.",),
        ),
        expected=expected,
    )


@rule(
    "SMS119",
    "sender-tracing-disabled",
    severity="info",
    reference="Q241001",
    fix="unsafe",
    default=False,
)
def sender_tracing_disabled(tracing: Tracing) -> Iterator[Finding]:
    r"""A sender, the scheduler or the despooler writes no log.

    ## What it does
    Looks for an `Enabled` of 0 under `Tracing` of a sender, `SMS_SCHEDULER` or `SMS_DESPOOLER`. On SMS 1.x
    logging is on by default (Q122055), on SMS 2.0 off (Q241001).

    ## Why it is bad
    Without the log nobody can see why a package does not arrive. The senders of SMS 2.0, the courier sender
    aside, share Sender.log (Q201016).

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Tracing\SMS_LAN_SENDER]
    "Enabled"=dword:00000000
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Tracing\SMS_LAN_SENDER]
    "Enabled"=dword:00000001
    ```

    ## Fix
    Set `Enabled` to 1. The log takes space on the disk, so a person should want it.
    """
    if _moves_packages(tracing.name) and tracing.enabled.value == 0:
        yield Finding(
            tracing.enabled,
            f"{tracing.name} writes no log, so a failed sending leaves no trace",
            fix=Fix("Set Enabled to 1.", (tracing.enabled.change(1),), "unsafe"),
            expected="1",
        )
