"""A PowerShell script that sets a site's sender in Configuration Manager 2012 and later, and its undo.

The parameters are those of Set-CMSite as documented; the scripts were not run against a live site.
"""

from __future__ import annotations

from collections.abc import Mapping

_QUOTES = "'\u2018\u2019\u201a\u201b"
"""What PowerShell takes for a single quote."""


def quoted(text: str) -> str:
    """``text`` as a single-quoted PowerShell string, in which nothing is expanded and nothing ends it."""
    return "'" + "".join(char * 2 if char in _QUOTES else char for char in text) + "'"


def write(site: str, component: str, values: Mapping[str, int], remarks: tuple[str, ...]) -> bytes:
    """The script that shows the sender's settings and then sets ``values``, by parameter of Set-CMSite."""
    arguments = [f"    {parameter} = {int(value)}" for parameter, value in values.items()]
    lines = [
        *(f"# {remark}".rstrip() for remark in remarks),
        "# Run it from the site's drive of the Configuration Manager console; -WhatIf only shows.",
        "[CmdletBinding(SupportsShouldProcess = $true)]",
        "param()",
        "",
        "$ErrorActionPreference = 'Stop'",
        f"$site = {quoted(site)}",
        f"$component = {quoted(component)}",
        "",
        "Write-Output 'Settings now:'",
        "Get-CMSiteComponent -SiteCode $site -ComponentName $component |",
        "    ForEach-Object { $_.Props } |",
        "    Select-Object -Property @('PropertyName', 'Value', 'Value1', 'Value2') |",
        "    Format-Table -AutoSize | Out-String | Write-Output",
        "",
        "$settings = @{",
        *arguments,
        "}",
        "if ($PSCmdlet.ShouldProcess($site, 'Set-CMSite')) {",
        "    Set-CMSite -SiteCode $site @settings",
        "}",
        "",
    ]
    return "\n".join(lines).encode("utf-8-sig")
