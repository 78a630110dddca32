"""SMS7xx: what logs show and no setting explains. `smslint diagnose` finds them; in an export none can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smslint.checks.rule import Certainty, Rule
from smslint.finding import Finding, Severity
from smslint.schema.version import ANY


def symptom(
    code: str,
    name: str,
    severity: Severity,
    reference: str | None = None,
    certainty: Certainty = "documented",
) -> Callable[[Callable[[], Iterable[Finding]]], Rule]:
    """Make a rule of what is documented, so that it is explained, selected and ignored as any other.

    The signatures of `smslint.logs` find it; on its own it finds nothing.
    """

    def declare(check: Callable[[], Iterable[Finding]]) -> Rule:
        return Rule(code, name, {ANY: severity}, reference, check, (), None, "manual", certainty, True)

    return declare


@symptom("SMS701", "remote-file-in-use", "info", "Q153260")
def remote_file_in_use() -> Iterable[Finding]:
    r"""A sender cannot write a file at the destination because it is in use.

    ## What it does
    Looks for `Cannot create/open the remote file ..., Win32 error = 32.` of a sender, where no expired
    heartbeat comes before it; with one it belongs to SMS104.

    ## Why it is bad
    The package does not arrive while the file is held. What holds it is one of three: a handle that an
    earlier failure left open (a defect of SMS 1.0 and 1.1, Q153260), a virus scanner or another program at
    the destination, or a second sender thread that took the same send request (SMS 2.0 SP5, 2003 and 2003
    SP1, KB885278).

    ## Example
    ```log
    Cannot create/open the remote file \\BOSTON\SMS_SITE\2_4O7PRI.PCK, Win32 error = 32.
    ```

    ## Use instead
    ```log
    Created/opened the remote file \\BOSTON\SMS_SITE\2_4O7PRI.PCK
    ```

    ## Fix
    Look for the network error before it, for a second sender of the same type, and for a virus scanner at
    the destination.
    """
    return ()


@symptom("SMS702", "sender-access-refused", "warning", certainty="derived")
def sender_access_refused() -> Iterable[Finding]:
    r"""A sender's account is refused at the destination.

    ## What it does
    Looks for the Windows errors 5, 86, 1326, 1330, 1331 and 1909 in the lines in which a sender connects or
    writes. What a number says of a setting is inferred.

    ## Why it is bad
    Nothing is sent to that site until the account of the address can log on there and write to the share
    SMS_SITE.

    ## Example
    ```log
    Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (1326).
    ```

    ## Use instead
    ```log
    Passed the xmit file test, use the existing connection
    ```

    ## Fix
    Try `net use` to the share with the account of the address; set its password anew, and its rights on the
    share.
    """
    return ()


@symptom("SMS703", "sender-connection-lost", "warning", certainty="derived")
def sender_connection_lost() -> Iterable[Finding]:
    r"""The connection broke while a sender used it.

    ## What it does
    Looks for the Windows errors 59, 64, 121 and 1236 in the lines of a sender. What a number says of the
    cause is inferred.

    ## Why it is bad
    It is the link, not a setting; but what follows depends on settings: with a retry delay over 5 minutes
    SMS 2.0 before SP4 loses the package (SMS104).

    ## Example
    ```log
    There is no existing connection, Win32 error = 64
    ```

    ## Use instead
    ```log
    There is no existing connection, Win32 error = 0
    ```

    ## Fix
    Look at the network between the two sites, then for `Heartbeat is expired.` behind it.
    """
    return ()


@symptom("SMS704", "sender-windows-error", "warning", certainty="derived")
def sender_windows_error() -> Iterable[Finding]:
    r"""A sender fails with a Windows error that points at no setting.

    ## What it does
    Looks for any other Windows error in the lines in which a sender connects or writes; 0 and 487 mean no
    trouble.

    ## Why it is bad
    What was to be sent waits for the next try.

    ## Example
    ```log
    Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (1219).
    ```

    ## Use instead
    ```log
    Error during WNetAddConnection2 to \\BOSTON\SMS_SITE (487).
    ```

    ## Fix
    `net helpmsg NUMBER` says what Windows means.
    """
    return ()


@symptom("SMS705", "routing-instruction-not-created", "info", "Q276259")
def routing_instruction_not_created() -> Iterable[Finding]:
    """The scheduler finds no way to the destination of a send request.

    ## What it does
    Looks for `Cannot create the routing instruction.` of the scheduler. Where a sender says that there is no
    longer an address to the destination, that is reported instead (SMS210).

    ## Why it is bad
    The send request waits.

    ## Example
    ```log
    Cannot create the routing instruction.
    ```

    ## Fix
    Look in Sender.log for `There is no longer an address to destination site`, and at the addresses of the
    site.
    """
    return ()


@symptom("SMS706", "send-request-id-lost", "error", "Q266195")
def send_request_id_lost() -> Iterable[Finding]:
    r"""The scheduler cannot number a send request, so it makes none.

    ## What it does
    Looks for `Skipping minijob. Could not retrieve the request ID` and `Error. Could not give send request
    to scheduler.`

    ## Why it is bad
    The folder `Schedule.box\Uid` is empty, or holds more than its .req and its .job file; nothing is sent.

    ## Example
    ```log
    Skipping minijob. Could not retrieve the request ID
    ```

    ## Use instead
    ```log
    Created new send request ID:  202SQCS1
    ```

    ## Fix
    Restore the two token files in `Schedule.box\Uid`, as the article says.
    """
    return ()


@symptom("SMS707", "own-share-refused", "error", "Q179118")
def own_share_refused() -> Iterable[Finding]:
    """The account of a site's address to itself has no rights on the site's share.

    ## What it does
    Looks for `ERROR: Cannot connect to secondary source.` of the scheduler of SMS 1.2.

    ## Why it is bad
    The scheduler does not send what waits on the secondary source.

    ## Example
    ```log
    ERROR: Cannot connect to secondary source.
    ```

    ## Fix
    Give the account Full Control on the share SMS_SITE.
    """
    return ()


@symptom("SMS708", "package-source-unreadable", "warning", "Q168510")
def package_source_unreadable() -> Iterable[Finding]:
    r"""The scheduler cannot read the source of a package.

    ## What it does
    Looks for `Package source ... doesn't exist or we failed to access it` and `Cannot compress the package
    file` of the scheduler of SMS 1.2.

    ## Why it is bad
    The package is not sent. Where the path exists, the password of the service account is wrong, as after it
    was changed in the site properties.

    ## Example
    ```log
    Package source \\BOSTON\src doesn't exist or we failed to access it, Win32 Error = 1326
    ```

    ## Fix
    Change the password of the service account through Setup.
    """
    return ()


@symptom("SMS709", "instruction-failed", "warning", "Q179118")
def instruction_failed() -> Iterable[Finding]:
    """The despooler cannot carry out an instruction that it received.

    ## What it does
    Looks for `Despooler failed to execute the instruction, error code = ...`.

    ## Why it is bad
    What another site sent has arrived and is not used. The code tells why: C000000b that the package file
    cannot be read (Q179118), cb that a status MIF is bad (Q190135), 38a that the job was cancelled
    (Q168130).

    ## Example
    ```log
    Despooler failed to execute the instruction, error code = C000000b
    ```

    ## Use instead
    ```log
    Despooler failed to execute the instruction, error code = 12
    ```

    ## Fix
    Follow the article for the code.
    """
    return ()


@symptom("SMS710", "received-file-in-use", "info", "Q161043")
def received_file_in_use() -> Iterable[Finding]:
    r"""The despooler finds a received file in use.

    ## What it does
    Looks for `failed to open ... WIN32 ERROR = 32` and `Copying ..., Failed, Win32 Error = 32` of the
    despooler.

    ## Why it is bad
    The instruction waits for the file. It is not what SMS104 is about, although the number is the same.

    ## Example
    ```log
    Copying C:\\SMS\\a to D:\\SMS\\b, Failed, Win32 Error = 32
    ```

    ## Fix
    Look for what else holds the file, such as a virus scanner.
    """
    return ()


@symptom("SMS711", "despooler-hangs", "warning", "Q260366")
def despooler_hangs() -> Iterable[Finding]:
    """All threads of the despooler are taken, and none goes on.

    ## What it does
    Looks for a log whose last lines of the despooler are `Waiting for an available despooling thread`.

    ## Why it is bad
    Nothing that other sites send is used. Threads hang after a backup (Q260366, Q304381).

    ## Example
    ```log
    Waiting for an available despooling thread  $$<SMS_DESPOOLER><Fri Mar 26 10:43:41 1999~><thread=119>
    Waiting for an available despooling thread  $$<SMS_DESPOOLER><Fri Mar 26 10:48:41 1999~><thread=119>
    ```

    ## Use instead
    ```log
    Waiting for an available despooling thread  $$<SMS_DESPOOLER><Fri Mar 26 10:43:41 1999~><thread=119>
    Used 2 out of 3 despooling threads  $$<SMS_DESPOOLER><Fri Mar 26 10:48:41 1999~><thread=119>
    ```

    ## Fix
    Read the articles for the service pack that the site has.
    """
    return ()


@symptom("SMS712", "public-key-missing", "error", "ConfigMgr 2007, secondary sites")
def public_key_missing() -> Iterable[Finding]:
    r"""A site requires secure key exchange and does not have the key of another.

    ## What it does
    Looks for `Cannot find a public key for instruction ...` and `Cannot find valid public key for key
    exchange instruction ...` of the despooler.

    ## Why it is bad
    Nothing that the other site sends is taken; it is tried again every 5 minutes, 100 times.

    ## Example
    ```log
    Cannot find valid public key for key exchange instruction coming from site BOS
    ```

    ## Use instead
    ```log
    Signature checked out OK for instruction coming from site BOS
    ```

    ## Fix
    Exchange the keys of the two sites by hand.
    """
    return ()


@symptom("SMS713", "encryption-key-unreadable", "error", "Q249590")
def encryption_key_unreadable() -> Iterable[Finding]:
    """A site cannot read what was encrypted with its former keys.

    ## What it does
    Looks for `HMAN: Cannot decrypt the SMS encryption key using the crypto exchange key.`, for an invalid
    public key in Sitectl.log, and for the status messages 2808 and 2847.

    ## Why it is bad
    The site's keys were made anew. Accounts and passwords that were stored before cannot be read, and
    changes of the site's settings are refused.

    ## Example
    ```log
    HMAN: Cannot decrypt the SMS encryption key using the crypto exchange key.
    ```

    ## Fix
    Follow the article for the case of the site.
    """
    return ()


@symptom("SMS714", "site-database-unreachable", "warning", "Q291339")
def site_database_unreachable() -> Iterable[Finding]:
    """The hierarchy manager cannot connect to the site database.

    ## What it does
    Looks for `Cannot connect to the site source on the database, sleep 10 minutes`.

    ## Why it is bad
    Changes of the site and of its hierarchy wait.

    ## Example
    ```log
    Cannot connect to the site source on the database, sleep 10 minutes..
    ```

    ## Fix
    Look at the network library that the SQL client uses.
    """
    return ()


@symptom("SMS715", "replication-thrown-away", "info", "Q259702")
def replication_thrown_away() -> Iterable[Finding]:
    """Data for a component that does not run at this site was thrown away.

    ## What it does
    Looks for `Component ... is not active, throw away replication file.` of the replication manager.

    ## Why it is bad
    What another site sent for that component is lost here. That is right where the component is meant to be
    stopped; SMS118 looks for those that are not.

    ## Example
    ```log
    Component SMS_SCHEDULER is not active, throw away replication file.
    ```

    ## Fix
    Start the component, if it is meant to run.
    """
    return ()


@symptom("SMS716", "content-not-arrived", "info", "Microsoft, Understand package actions")
def content_not_arrived() -> Iterable[Finding]:
    """The content of a package has not arrived yet.

    ## What it does
    Looks for `The contents for the package ... hasn't arrived from site ... yet, will retry later.` of the
    distribution manager.

    ## Why it is bad
    It is usual once after each distribution. Where it goes on, the sender at the other site does not send.

    ## Example
    ```log
    The contents for the package BOS0001A hasn't arrived from site BOS yet, will retry later.
    ```

    ## Fix
    Diagnose the log of the sender at the site that the line names.
    """
    return ()


@symptom("SMS717", "site-change-refused", "warning", "Q254120")
def site_change_refused() -> Iterable[Finding]:
    """A change of the site or of its parent was refused.

    ## What it does
    Looks for the status messages 3302 (the parent was changed from the wrong console) and 3304 (a change
    cannot be saved) in the log of any component.

    ## Why it is bad
    The site goes on with what it had before.

    ## Example
    ```log
    STATMSG: ID=3302 SEV=E LEV=M SOURCE="SMS Server" COMP="SMS_HIERARCHY_MANAGER" SYS=BOSTON SITE=BOS
    ```

    ## Fix
    Make the change at the site itself.
    """
    return ()


@symptom("SMS718", "sites-not-listed", "warning", "Q226510")
def sites_not_listed() -> Iterable[Finding]:
    """A component cannot list the sites of the hierarchy.

    ## What it does
    Looks for the status message 679 (`Failed to enumerate sites`) in the log of any component.

    ## Why it is bad
    What the component does for other sites waits.

    ## Example
    ```log
    STATMSG: ID=679 SEV=E LEV=M SOURCE="SMS Server" COMP="SMS_HIERARCHY_MANAGER" SYS=BOSTON SITE=BOS
    ```

    ## Fix
    Read the lines before it in the log for the reason.
    """
    return ()


@symptom("SMS719", "limit-in-log-differs", "info", certainty="derived")
def limit_in_log_differs() -> Iterable[Finding]:
    """A sender goes by another limit than the export holds.

    ## What it does
    With `--with`, compares the limits that a sender's last `Checking for sending capacity` lines name with
    the limits of the same sender in the exports.

    ## Why it is bad
    The export is older than the log, or was changed and not applied: what a person reads in it is not what
    the sender does.

    ## Fix
    Export again; if the two still differ, restart the SMS Executive.
    """
    return ()
