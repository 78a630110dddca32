<#
.SYNOPSIS
Reads how the sites of a Configuration Manager hierarchy send to each other, and writes it to files for smslint.

.DESCRIPTION
Asks the SMS Provider for SMS_Site, SMS_SCI_SiteDefinition, the senders among SMS_SCI_Component, and
SMS_SCI_Address (file replication routes) of every site that it knows, and writes SITE.smslint.json for each:
JSON in UTF-8, each file whole or not at all. A file of an earlier run is replaced.

It only reads: nothing in the site is changed. No account, password or key is written; of the account of a
route only whether there is one.

For Configuration Manager 2012 to current branch, in Windows PowerShell 5.1 or PowerShell 7 on Windows. The
one who runs it needs the right to read sites. It was tried against stubs alone, never against a site.

What could not be read is said as a warning, and no file is written for that site. Exit status: 0 where every
site was read and written, 1 where something was not.

.PARAMETER SiteServer
The site server, or a computer with its SMS Provider. Without it: this computer.

.PARAMETER SiteCode
The site whose provider is asked. Without it: the one that SMS_ProviderLocation names.

.PARAMETER OutputPath
The folder for the files; made where it is missing. Without it: the current folder.

.PARAMETER Credential
The account to connect with; for another computer only. Without it: the one that runs the script.

.EXAMPLE
.\Export-SmslintSite.ps1 -SiteServer cm01.contoso.com -OutputPath C:\exports

.EXAMPLE
.\Export-SmslintSite.ps1 -SiteCode NYC
smslint check --complete .
#>
[CmdletBinding()]
param(
    [string] $SiteServer = '',

    [ValidatePattern('^([A-Za-z0-9]{3})?$')]
    [string] $SiteCode = '',

    [string] $OutputPath = '.',

    [System.Management.Automation.Credential()]
    [System.Management.Automation.PSCredential] $Credential = [System.Management.Automation.PSCredential]::Empty
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The version of smslint that this script came with.
$ToolVersion = '0.2.0'

# What smslint reads of the embedded properties; all others, and Reserved2 of these, stay where they are.
$SenderProperties = @('Concurrent Sending Limit', 'Number of Retries', 'Retry Delay')
$RouteProperties = @('Connection Point')
$RouteLists = @('Pulse Mode')

# The CIM calls, each in a function of its own so that tests can put stubs in their places.

function Connect-Computer {
    param([string] $Name, [System.Management.Automation.PSCredential] $As)
    $arguments = @{}
    if ($Name) { $arguments['ComputerName'] = $Name }
    if ($null -ne $As) { $arguments['Credential'] = $As }
    New-CimSession @arguments
}

function Disconnect-Computer {
    param([object] $Session)
    Remove-CimSession -CimSession $Session
}

function Get-ProviderLocation {
    param([object] $Session)
    $properties = @('Machine', 'SiteCode', 'ProviderForLocalSite')
    Get-CimInstance -CimSession $Session -Namespace 'root\SMS' -ClassName 'SMS_ProviderLocation' -Property $properties
}

function Get-Site {
    param([object] $Session, [string] $Namespace)
    $properties = @('SiteCode', 'BuildNumber', 'Version')
    Get-CimInstance -CimSession $Session -Namespace $Namespace -ClassName 'SMS_Site' -Property $properties
}

function Get-SiteDefinition {
    param([object] $Session, [string] $Namespace, [string] $Code)
    $properties = @('FileType', 'ItemName', 'ItemType', 'SiteCode', 'SiteType', 'SiteServerName', 'ParentSiteCode')
    Get-CimInstance -CimSession $Session -Namespace $Namespace -ClassName 'SMS_SCI_SiteDefinition' -Property $properties -Filter "SiteCode = '$Code'"
}

function Get-SenderComponent {
    param([object] $Session, [string] $Namespace, [string] $Code)
    $properties = @('FileType', 'ItemName', 'ItemType', 'SiteCode', 'ComponentName', 'Name', 'Flag', 'Props')
    Get-CimInstance -CimSession $Session -Namespace $Namespace -ClassName 'SMS_SCI_Component' -Property $properties -Filter "SiteCode = '$Code' AND ComponentName LIKE '%SENDER'"
}

function Get-Address {
    param([object] $Session, [string] $Namespace, [string] $Code)
    $properties = @('FileType', 'ItemName', 'ItemType', 'SiteCode', 'AddressType', 'AddressPriorityOrder', 'DesSiteCode', 'DestinationType', 'UnlimitedRateForAll', 'RateLimitingSchedule', 'UsageSchedule', 'Props', 'PropLists')
    Get-CimInstance -CimSession $Session -Namespace $Namespace -ClassName 'SMS_SCI_Address' -Property $properties -Filter "SiteCode = '$Code'"
}

# From CIM instances to what is written: plain values alone, without the metadata of CIM.

function Select-Value {
    param([object] $Values)
    foreach ($value in $Values) {
        if ($null -ne $value) { $value }
    }
}

function Select-EmbeddedProperty {
    param([object] $Props, [string[]] $Names)
    foreach ($property in (Select-Value $Props)) {
        if ($Names -contains $property.PropertyName) {
            [ordered]@{
                PropertyName = $property.PropertyName
                Value        = $property.Value
                Value1       = $property.Value1
                Value2       = $property.Value2
            }
        }
    }
}

function Select-AccountPresence {
    param([object] $Props)
    foreach ($property in (Select-Value $Props)) {
        if ($property.PropertyName -eq 'LAN Login') {
            $present = ''
            if (-not [string]::IsNullOrWhiteSpace($property.Value2)) { $present = '1' }
            [ordered]@{ PropertyName = 'LAN Login'; Value = 0; Value1 = ''; Value2 = $present }
        }
    }
}

function Select-EmbeddedList {
    param([object] $PropLists, [string[]] $Names)
    foreach ($list in (Select-Value $PropLists)) {
        if ($Names -contains $list.PropertyListName) {
            [ordered]@{ PropertyListName = $list.PropertyListName; Values = @(Select-Value $list.Values) }
        }
    }
}

function Select-DaySchedule {
    param([object] $UsageSchedule)
    foreach ($day in (Select-Value $UsageSchedule)) {
        [ordered]@{ Backup = @(Select-Value $day.Backup); HourUsage = @(Select-Value $day.HourUsage) }
    }
}

function ConvertFrom-Site {
    param([object] $Found)
    [ordered]@{
        __CLASS     = 'SMS_Site'
        SiteCode    = $Found.SiteCode
        BuildNumber = $Found.BuildNumber
        Version     = $Found.Version
    }
}

function ConvertFrom-SiteDefinition {
    param([object] $Found)
    [ordered]@{
        __CLASS        = 'SMS_SCI_SiteDefinition'
        FileType       = $Found.FileType
        ItemName       = $Found.ItemName
        ItemType       = $Found.ItemType
        SiteCode       = $Found.SiteCode
        SiteType       = $Found.SiteType
        SiteServerName = $Found.SiteServerName
        ParentSiteCode = $Found.ParentSiteCode
    }
}

function ConvertFrom-SenderComponent {
    param([object] $Found)
    [ordered]@{
        __CLASS       = 'SMS_SCI_Component'
        FileType      = $Found.FileType
        ItemName      = $Found.ItemName
        ItemType      = $Found.ItemType
        SiteCode      = $Found.SiteCode
        ComponentName = $Found.ComponentName
        Name          = $Found.Name
        Flag          = $Found.Flag
        Props         = @(Select-EmbeddedProperty -Props $Found.Props -Names $SenderProperties)
    }
}

function ConvertFrom-Address {
    param([object] $Found)
    $properties = @(
        Select-EmbeddedProperty -Props $Found.Props -Names $RouteProperties
        Select-AccountPresence -Props $Found.Props
    )
    [ordered]@{
        __CLASS              = 'SMS_SCI_Address'
        FileType             = $Found.FileType
        ItemName             = $Found.ItemName
        ItemType             = $Found.ItemType
        SiteCode             = $Found.SiteCode
        AddressType          = $Found.AddressType
        AddressPriorityOrder = $Found.AddressPriorityOrder
        DesSiteCode          = $Found.DesSiteCode
        DestinationType      = $Found.DestinationType
        UnlimitedRateForAll  = $Found.UnlimitedRateForAll
        RateLimitingSchedule = @(Select-Value $Found.RateLimitingSchedule)
        UsageSchedule        = @(Select-DaySchedule -UsageSchedule $Found.UsageSchedule)
        Props                = $properties
        PropLists            = @(Select-EmbeddedList -PropLists $Found.PropLists -Names $RouteLists)
    }
}

function Read-Site {
    # The objects of one site as they are written; throws where one of its parts is missing or cannot be read.
    param([object] $Session, [string] $Namespace, [object] $Site)
    $code = $Site.SiteCode
    $definitions = @(Get-SiteDefinition -Session $Session -Namespace $Namespace -Code $code)
    if ($definitions.Count -eq 0) { throw 'the provider returned no SMS_SCI_SiteDefinition for it' }
    $senders = @(Get-SenderComponent -Session $Session -Namespace $Namespace -Code $code)
    if ($senders.Count -eq 0) { throw 'the provider returned no sender among its SMS_SCI_Component objects' }
    $addresses = @(Get-Address -Session $Session -Namespace $Namespace -Code $code)

    ConvertFrom-Site -Found $Site
    foreach ($each in $definitions) { ConvertFrom-SiteDefinition -Found $each }
    foreach ($each in $senders) { ConvertFrom-SenderComponent -Found $each }
    foreach ($each in $addresses) { ConvertFrom-Address -Found $each }
}

function ConvertTo-Envelope {
    # One object a line: Windows PowerShell would indent each hour of a schedule on a line of its own.
    param([object[]] $Objects)
    $taken = [System.DateTime]::UtcNow.ToString('s', [System.Globalization.CultureInfo]::InvariantCulture) + 'Z'
    $lines = foreach ($each in $Objects) { ConvertTo-Json -InputObject $each -Depth 8 -Compress }
    $head = '{"smslint_collector":"' + $ToolVersion + '","taken":"' + $taken + '","value":['
    $head + "`n" + ($lines -join ",`n") + "`n]}`n"
}

function Write-WholeFile {
    param([string] $Path, [string] $Text)
    $temporary = $Path + '.' + [System.Guid]::NewGuid().ToString('N') + '.tmp'
    try {
        # UTF-8 without a byte order mark, in every version of PowerShell.
        [System.IO.File]::WriteAllText($temporary, $Text, (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false))
        if ([System.IO.File]::Exists($Path)) {
            # A plain $null would arrive as an empty name for a backup.
            [System.IO.File]::Replace($temporary, $Path, [System.Management.Automation.Language.NullString]::Value)
        }
        else {
            [System.IO.File]::Move($temporary, $Path)
        }
    }
    finally {
        if ([System.IO.File]::Exists($temporary)) { [System.IO.File]::Delete($temporary) }
    }
}

function Resolve-Folder {
    # The folder as the file system knows it, made where it is missing. The drive of the Configuration Manager
    # console is no place for files.
    param([string] $Path)
    $provider = $null
    $drive = $null
    $folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive)
    if ($provider.Name -ne 'FileSystem') {
        throw "$Path is no folder of the file system: give -OutputPath a folder such as C:\exports"
    }
    [void] [System.IO.Directory]::CreateDirectory($folder)
    $folder
}

function Get-FirstLabel {
    param([string] $Name)
    $Name.TrimStart('\').Split('.')[0].ToUpperInvariant()
}

function Select-Provider {
    # The provider to ask, of those that the computer knows: of the wanted site, else of its own.
    param([object[]] $Locations, [string] $Code, [string] $Computer)
    $wanted = @($Locations | Where-Object { $_.SiteCode -eq $Code })
    if (-not $Code) {
        $wanted = @($Locations | Where-Object { $_.ProviderForLocalSite })
        if ($wanted.Count -eq 0) { $wanted = @($Locations) }
    }
    $codes = @($wanted | ForEach-Object { $_.SiteCode } | Sort-Object -Unique)
    if ($codes.Count -eq 0) {
        throw "SMS_ProviderLocation names no provider of site '$Code' there: check -SiteServer and -SiteCode"
    }
    if ($codes.Count -gt 1) {
        throw "SMS_ProviderLocation names several sites ($($codes -join ', ')): choose one with -SiteCode"
    }
    $near = @($wanted | Where-Object { (Get-FirstLabel -Name $_.Machine) -eq (Get-FirstLabel -Name $Computer) })
    if ($near.Count -gt 0) { $near[0] } else { $wanted[0] }
}

function Open-Provider {
    # A session with the computer that runs the provider, and the provider's namespace.
    param([string] $Server, [string] $Code, [System.Management.Automation.PSCredential] $As)
    $computer = $Server
    if (-not $computer) { $computer = [System.Environment]::MachineName }
    $session = Connect-Computer -Name $Server -As $As
    try {
        $locations = @(Get-ProviderLocation -Session $session)
        $provider = Select-Provider -Locations $locations -Code $Code -Computer $computer
        if ((Get-FirstLabel -Name $provider.Machine) -ne (Get-FirstLabel -Name $computer)) {
            Disconnect-Computer -Session $session
            $session = $null
            $session = Connect-Computer -Name $provider.Machine.TrimStart('\') -As $As
        }
    }
    catch {
        if ($null -ne $session) { Disconnect-Computer -Session $session }
        throw
    }
    [pscustomobject]@{ Session = $session; Namespace = 'root\SMS\site_' + $provider.SiteCode }
}

function Export-EverySite {
    # Writes what can be read and returns the paths; adds to Problems what could not be read.
    param(
        [string] $Server,
        [string] $Code,
        [string] $Path,
        [System.Management.Automation.PSCredential] $As,
        [System.Collections.Generic.List[string]] $Problems
    )
    $open = $null
    try {
        $folder = Resolve-Folder -Path $Path
        $open = Open-Provider -Server $Server -Code $Code -As $As
        $sites = @(Get-Site -Session $open.Session -Namespace $open.Namespace)
        if ($sites.Count -eq 0) { throw 'the provider returned no SMS_Site: the account may lack the right to read sites' }
        foreach ($site in $sites) {
            try {
                # It becomes part of a query and of a file's name.
                if ($site.SiteCode -notmatch '^[A-Za-z0-9]{3}$') { throw 'its site code is not three letters or digits' }
                $objects = @(Read-Site -Session $open.Session -Namespace $open.Namespace -Site $site)
                $file = [System.IO.Path]::Combine($folder, $site.SiteCode + '.smslint.json')
                Write-WholeFile -Path $file -Text (ConvertTo-Envelope -Objects $objects)
                $file
            }
            catch {
                $Problems.Add("site $($site.SiteCode): not written: $($_.Exception.Message)")
            }
        }
    }
    catch {
        $Problems.Add($_.Exception.Message)
    }
    finally {
        if ($null -ne $open) { Disconnect-Computer -Session $open.Session }
    }
}

# Loaded by its tests with a dot, the script runs nothing.
if ($MyInvocation.InvocationName -ne '.') {
    $problems = New-Object -TypeName 'System.Collections.Generic.List[string]'
    $account = $null
    if ($Credential -ne [System.Management.Automation.PSCredential]::Empty) { $account = $Credential }
    Export-EverySite -Server $SiteServer -Code $SiteCode -Path $OutputPath -As $account -Problems $problems
    foreach ($problem in $problems) { Write-Warning -Message $problem }
    if ($problems.Count -gt 0) { exit 1 }
    exit 0
}
