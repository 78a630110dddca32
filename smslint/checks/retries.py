"""SMS1xx, retries: how often and after how long a sender tries again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field

from smslint.checks.remediation import in_words, to_default
from smslint.checks.rule import Options, rule
from smslint.finding import Finding, Fix, Severity
from smslint.schema.sender import Sender
from smslint.schema.setting import Setting
from smslint.schema.version import SMS_1, SMS_2_0_BEFORE_SP4

HEARTBEAT_MINUTES: Final = 5
"""The heartbeat of the Standard Sender, which a retry delay must not exceed (Q278357)."""


class StandardHeartbeat(Options):
    """The heartbeat that a retry delay must not exceed."""

    heartbeat_timeout_minutes: Annotated[int, Field(ge=1, description="a longer delay is reported")] = (
        HEARTBEAT_MINUTES
    )


@rule(
    "SMS104",
    "sender-retry-delay-exceeds-heartbeat",
    severity={SMS_2_0_BEFORE_SP4: "error", SMS_1: "info"},
    reference="Q278357",
    fix="safe",
)
def sender_retry_delay_exceeds_heartbeat(sender: Sender, options: StandardHeartbeat) -> Iterator[Finding]:
    r"""The Standard Sender waits longer before a retry than its connection lives.

    ## What it does
    Looks for a Standard (LAN) Sender with a retry delay over 5 minutes; exactly 5 is fine. It is an error on
    SMS 2.0 before SP4 and fixed by SP4. On SMS 1.x it is not documented as a fault, and only becomes one when
    the site is upgraded to SMS 2.0.

    ## Why it is bad
    After a network error in the middle of a package the thread waits longer than the sender's 5-minute
    heartbeat and gives the connection up; the next thread finds the remote file locked, and the package
    does not arrive.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.3000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Retry Delay in Minutes"=dword:0000002d
    ```

    ## Use instead
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.3000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Retry Delay in Minutes"=dword:00000005
    ```

    ## Fix
    Set the delay to 5 minutes or less (the default is 1), or install SP4.

    ## Log lines
    `Heartbeat is expired.`, `Can't re-establish the connection.`, then
    `Cannot create/open the remote file \\<server>\SMS_SITE\...PCK, Win32 error = 32.` (Sender.log)
    """
    delay, limit = sender.retry_delay_minutes, options.heartbeat_timeout_minutes
    if sender.family != "LAN" or (delay.value or 0) <= limit:
        return
    on_sms_1 = sender.product.within(SMS_1)
    harm = f"the {limit}-minute heartbeat of SMS 2.0; not documented as a fault on SMS 1.x"
    message = f"{sender.name} waits {delay.amount} before a retry, longer than "
    message += harm if on_sms_1 else f"its {limit}-minute heartbeat"
    change = delay.change(delay.declared.legal_up_to(limit))
    usual = delay.declared.default(sender.kind, sender.product)
    later = " before the site is upgraded to SMS 2.0" if on_sms_1 else ", or install SMS 2.0 SP4"
    action = f"Set {delay.label} to {change.to} (the default is {usual}){later}."
    fix = Fix(action, (change,), "unsafe" if on_sms_1 else "safe")
    yield Finding(delay, message, fix=fix, expected=f"at most {limit}")


class RasHeartbeat(Options):
    """The heartbeat that a RAS sender's retry delay is held against."""

    heartbeat_timeout_minutes: Annotated[int, Field(ge=1, description="a longer delay is reported")] = 15


@rule(
    "SMS105",
    "ras-retry-delay-exceeds-heartbeat",
    severity={SMS_2_0_BEFORE_SP4: "warning"},
    reference="Q214485",
    certainty="derived",
    fix="manual",
)
def ras_retry_delay_exceeds_heartbeat(sender: Sender, options: RasHeartbeat) -> Iterator[Finding]:
    r"""A RAS sender may wait longer before a retry than its connection lives.

    ## What it does
    Looks for a RAS sender on SMS 2.0 before SP4 with a retry delay over 15 minutes, the RAS heartbeat of SMS
    1.2; between 6 and 15 minutes it informs. That SMS 2.0 kept the 15 minutes is not documented, and that
    its RAS senders share the defect of the Standard Sender is derived from their sharing Sender.dll.

    ## Why it is bad
    If the defect of Q278357 holds for RAS senders too, the thread gives the connection up while it waits and
    the next one finds the remote file locked.

    ## Example
    ```reg
    Windows Registry Editor Version 5.00

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Setup]
    "Full Version"="2.00.1493.3000"

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_ASYNC_RAS_SENDER]
    "Retry Delay in Minutes"=dword:00000014
    ```

    ## Fix
    Lower the delay, or install SP4. On SMS 1.2 raising it is advised for congested links (Q214485).
    """
    delay, limit = sender.retry_delay_minutes, options.heartbeat_timeout_minutes
    if sender.family != "RAS" or delay.value is None or delay.value <= HEARTBEAT_MINUTES:
        return
    most, whose = limit, f"{limit}-minute RAS heartbeat"
    severity: Severity | None = None
    if delay.value <= limit:
        most, whose = HEARTBEAT_MINUTES, f"{HEARTBEAT_MINUTES}-minute heartbeat of the Standard Sender"
        severity = "info"
    message = f"{sender.name} waits {delay.amount} before a retry, longer than the {whose}"
    action = f"Set {delay.label} to {most} or less, or install SMS 2.0 SP4."
    fix = Fix(action, (delay.change(most),), "manual")
    yield Finding(delay, message, fix=fix, expected=f"at most {most}", severity=severity)


@rule("SMS106", "sender-retries-zero", severity="warning", reference="Q214485", fix="safe")
def sender_retries_zero(sender: Sender) -> Iterator[Finding]:
    r"""A sender never retries.

    ## What it does
    Looks for a sender whose `Number of Retries` is 0.

    ## Why it is bad
    Q214485 says it cannot be set to zero, and later versions take 1 to 99; what a forced 0 does is not
    documented.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Number of Retries"=dword:00000000
    ```

    ## Use instead
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Number of Retries"=dword:00000002
    ```

    ## Fix
    Set the default: 2, or 5 for the RAS and SNA senders of SMS 1.x.
    """
    retries = sender.number_of_retries
    if retries.value == 0:
        message = f"{retries.label} of {sender.name} is 0, a value the product does not take"
        yield Finding(retries, message, fix=to_default(sender, retries), expected="at least 1")


@rule(
    "SMS108",
    "sender-retry-settings-out-of-range",
    severity="warning",
    certainty="derived",
    fix="unsafe",
    yields_to=("SMS104",),
)
def sender_retry_settings_out_of_range(sender: Sender) -> Iterator[Finding]:
    r"""A sender's retries or delay are outside what the product takes.

    ## What it does
    Looks for more than 99 retries or fewer than 0, as a dump may show 0xFFFFFFFF, and for a retry delay of 0
    or less, or of more than 99 minutes. Derived: 1 to 99 is what Configuration Manager takes for both; no
    article gives a range for earlier versions. It is silent on a delay that SMS104 reports.

    ## Why it is bad
    Without a pause the retries are spent within moments on a link that is down; with too many, or too long
    a pause, a failed sending blocks its thread for hours.

    ## Example
    ```reg
    REGEDIT4

    [HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\SMS\Components\SMS_LAN_SENDER]
    "Retry Delay in Minutes"=dword:00000000
    ```

    ## Fix
    The defaults are 2 retries (5 for the RAS and SNA senders of SMS 1.x) and 1 minute.
    """
    retries, delay = sender.number_of_retries, sender.retry_delay_minutes
    # No retries at all are SMS106.
    if retries.value and retries.outside_range:
        yield _out_of_range(sender, retries, f"retries {retries.value} times")
    if delay.value is not None and delay.outside_range:
        pause = "without a pause" if delay.value == 0 else f"only after {delay.amount}"
        yield _out_of_range(sender, delay, f"retries {pause}")


def _out_of_range(sender: Sender, setting: Setting[int], fault: str) -> Finding:
    legal = setting.declared.legal or range(1)
    bounds = f"{in_words(legal)} {setting.declared.unit}"
    return Finding(
        setting,
        f"{sender.name} {fault}; Configuration Manager takes {bounds}",
        fix=to_default(sender, setting, safety="unsafe"),
        expected=f"at most {legal[-1]}" if (setting.value or 0) > legal[-1] else f"at least {legal[0]}",
    )
