"""SMS1xx, threads: whether what sends, schedules and receives is running and writes its log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from smslint.checks.remediation import by_hand
from smslint.checks.rule import rule
from smslint.finding import Finding, Fix, Severity
from smslint.schema.components import ExecutiveThread, Tracing
from smslint.schema.sender import is_sender
from smslint.schema.setting import Setting
from smslint.schema.site import Site
from smslint.schema.version import CURRENT_BRANCH, PASSIVE_SERVER_BUILD, SMS_2_AND_LATER


def _moves_packages(section: ExecutiveThread | Tracing) -> bool:
    return is_sender(section.name) or section.component_is("SMS_SCHEDULER", "SMS_DESPOOLER")


@rule(
    "SMS118",
    "sender-thread-stopped",
    severity={SMS_2_AND_LATER: "error"},
    reference="Q326589",
    certainty="derived",
    fix="manual",
)
def sender_thread_stopped(site: Site) -> Iterator[Finding]:
    r"""A sender, the scheduler or the despooler is stopped, or has been ordered to stop.

    ## What it does
    Looks at the threads of SMS Executive that carry packages, the senders, `SMS_SCHEDULER` and
    `SMS_DESPOOLER`, for a `Current State` other than Running or a `Requested Operation` of Stop. Derived:
    Q326589 describes the values for SMS 2.0, not this harm. On current branch from 1806 on it is silent where
    the site has an active and a passive server among the inputs, unless the thread stands still on both: the
    passive one's components stand by. Where only one server is an input it is a warning there.

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
    for thread, at, fault, expected in _stopped(site):
        may_be_passive = _may_be_passive(site, thread)
        doubt = ", and those of a passive site server stand by" if may_be_passive else ""
        message = (
            f"{thread.name} {fault} when the export was made; Site Component Manager starts stopped threads "
            f"again every hour{doubt}"
        )
        action = f"In SMS Service Manager look at {thread.name}; if it is still stopped, start it."
        level: Severity | None = "warning" if may_be_passive else None
        yield Finding(
            at, message, fix=by_hand("Start the thread.", action), expected=expected, severity=level
        )


def _stopped(site: Site) -> Iterator[tuple[ExecutiveThread, Setting[str], str, str]]:
    """The threads that do not run, with the setting that shows it, what it shows, and what would be right."""
    served = _served_elsewhere(site)
    for thread in site.threads:
        if not _moves_packages(thread) or _stands_by(site, thread, served):
            continue
        state, operation = thread.current_state, thread.requested_operation
        if thread.state not in ("", "RUNNING"):
            yield thread, state, f"was {state.value}, not Running,", "Running"
        elif (operation.value or "").upper() == "STOP":
            yield thread, operation, "was ordered to stop", "None"


def _may_be_passive(site: Site, thread: ExecutiveThread) -> bool:
    """Whether a site of current branch may have a passive server, and this be it: no other is an input."""
    may_have_one = thread.product.within(CURRENT_BRANCH) and site.kind != "secondary"
    build = thread.product.build
    return may_have_one and not site.has_passive_server and (build is None or build >= PASSIVE_SERVER_BUILD)


def _stands_by(site: Site, thread: ExecutiveThread, served: set[str]) -> bool:
    """Whether a thread may be that of a passive server; what Current State says there is not known."""
    build = thread.product.build
    if thread.state == "STANDBY" and thread.product.within(CURRENT_BRANCH):
        return build is None or build >= PASSIVE_SERVER_BUILD
    may_stand_by = site.has_passive_server and thread.state in ("STOPPED", "STANDBY")
    return may_stand_by and thread.name.upper() in served


def _served_elsewhere(site: Site) -> set[str]:
    """The threads that run on one of the site's servers, and those that only one of them was exported for."""
    found = Counter(thread.name.upper() for thread in site.threads)
    running = {thread.name.upper() for thread in site.threads if thread.state == "RUNNING"}
    return running | {name for name, count in found.items() if count == 1}


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
    Without the log it cannot be seen why a package does not arrive. The senders of SMS 2.0, the courier
    sender aside, share Sender.log (Q201016).

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
    if _moves_packages(tracing) and tracing.enabled.value == 0:
        yield Finding(
            tracing.enabled,
            f"{tracing.name} writes no log, so a failed sending leaves no trace",
            fix=Fix(f"Set {tracing.enabled.label} to 1.", (tracing.enabled.change(1),), "unsafe"),
            expected="1",
        )
