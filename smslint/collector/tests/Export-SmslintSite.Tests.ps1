# Tests of Export-SmslintSite.ps1 against stubs of the SMS Provider, for Pester 5:
#
#     Invoke-Pester -Path smslint/collector/tests
#
# They need no site, and no Windows: the functions that call CIM are replaced.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath '..' | Join-Path -ChildPath 'Export-SmslintSite.ps1')

    function Connect-Computer {
        param($Name, $As)
        "session with $Name"
    }
    function Disconnect-Computer {
        param($Session)
        $script:closed.Add($Session)
    }
    function Get-ProviderLocation {
        param($Session)
        $script:locations
    }
    function Get-Site {
        param($Session, $Namespace)
        $script:asked = $Namespace; $script:sites
    }
    function Get-SiteDefinition {
        param($Session, $Namespace, $Code)
        [pscustomobject]@{
            FileType = 2; ItemName = 'Site Definition'; ItemType = 'Site Definition'; SiteCode = $Code
            SiteType = 2; SiteServerName = 'cm01.contoso.com'; ParentSiteCode = ''; CimClass = 'metadata'
        }
    }
    function Get-SenderComponent {
        param($Session, $Namespace, $Code)
        if ($script:denied -contains $Code) { throw 'Access denied' }
        if ($script:senderless -contains $Code) { return }
        [pscustomobject]@{
            FileType = 2; ItemName = 'SMS_LAN_SENDER|cm01.contoso.com'; ItemType = 'Component'; SiteCode = $Code
            ComponentName = 'SMS_LAN_SENDER'; Name = 'cm01.contoso.com'; Flag = 6
            Props = @(
                (New-Property -Name 'Concurrent Sending Limit' -First '5' -Second '3'),
                (New-Property -Name 'Retry Delay' -Value 1),
                (New-Property -Name 'Service Account' -Second 'CONTOSO\secret')
            )
            CimClass = 'metadata'
        }
    }
    function Get-Address {
        param($Session, $Namespace, $Code)
        $days = foreach ($number in 1..7) { [pscustomobject]@{ Backup = @($false) * 24; HourUsage = @(1) * 24 } }
        [pscustomobject]@{
            FileType = 2; ItemName = 'BOS|MS_LAN'; ItemType = 'Address'; SiteCode = $Code; AddressType = 'MS_LAN'
            AddressPriorityOrder = 1; DesSiteCode = 'BOS'; DestinationType = 0; UnlimitedRateForAll = $true
            RateLimitingSchedule = @(100) * 24; UsageSchedule = $days
            Props = @(
                (New-Property -Name 'Connection Point' -First 'bos01.contoso.com' -Second 'SMS_Site'),
                (New-Property -Name 'LAN Login' -First 'cipher' -Second 'CONTOSO\secret')
            )
            PropLists = @([pscustomobject]@{ PropertyListName = 'Pulse Mode'; Values = @('0', '3', '5') })
            CimClass = 'metadata'
        }
    }
    function New-Property {
        param($Name, $Value = 0, $First = '', $Second = '')
        [pscustomobject]@{
            PropertyName = $Name; Value = $Value; Value1 = $First; Value2 = $Second; Reserved2 = 'cipher'
        }
    }
    function New-Location {
        param($Code, $Machine = 'cm01.contoso.com', $Local = $true)
        [pscustomobject]@{ Machine = $Machine; SiteCode = $Code; ProviderForLocalSite = $Local }
    }
    function New-Site {
        param($Code)
        [pscustomobject]@{ SiteCode = $Code; BuildNumber = 9132; Version = '5.00.9132.1000' }
    }
    function Invoke-Export {
        param($Server = 'cm01.contoso.com', $Code = '')
        Export-EverySite -Server $Server -Code $Code -Path $script:folder -As $null -Problems $script:problems
    }
}

Describe 'Export-EverySite' {
    BeforeEach {
        $script:folder = Join-Path -Path $TestDrive -ChildPath ([System.Guid]::NewGuid().ToString('N'))
        $script:problems = New-Object -TypeName 'System.Collections.Generic.List[string]'
        $script:closed = New-Object -TypeName 'System.Collections.Generic.List[string]'
        $script:locations = @(New-Location -Code 'NYC')
        $script:sites = @((New-Site -Code 'NYC'), (New-Site -Code 'BOS'))
        $script:denied = @()
        $script:senderless = @()
        $script:asked = ''
    }

    It 'writes one file for each site, UTF-8 without a mark, that is JSON' {
        $files = @(Invoke-Export)
        $files.Count | Should -Be 2
        $script:problems.Count | Should -Be 0
        @(Get-ChildItem -LiteralPath $script:folder | Sort-Object -Property Name | ForEach-Object { $_.Name }) | Should -Be @('BOS.smslint.json', 'NYC.smslint.json')
        [System.IO.File]::ReadAllBytes($files[0])[0] | Should -Be 0x7B
        $read = [System.IO.File]::ReadAllText($files[0]) | ConvertFrom-Json
        $read.smslint_collector | Should -Be $ToolVersion
        @($read.value | ForEach-Object { $_.__CLASS }) | Should -Be @('SMS_Site', 'SMS_SCI_SiteDefinition', 'SMS_SCI_Component', 'SMS_SCI_Address')
        @($read.value[3].UsageSchedule).Count | Should -Be 7
        @($read.value[3].UsageSchedule[6].HourUsage).Count | Should -Be 24
        @($read.value[2].Props).Count | Should -Be 2
    }

    It 'leaves out accounts, ciphers and metadata' {
        $text = [System.IO.File]::ReadAllText(@(Invoke-Export)[0])
        $text | Should -Not -Match 'secret|cipher|Reserved2|CimClass|metadata'
        $login = ($text | ConvertFrom-Json).value[3].Props | Where-Object { $_.PropertyName -eq 'LAN Login' }
        $login.Value2 | Should -Be '1'
    }

    It 'asks the namespace of the site that SMS_ProviderLocation names, and closes its session' {
        [void] (Invoke-Export)
        $script:asked | Should -Be 'root\SMS\site_NYC'
        $script:closed | Should -Be @('session with cm01.contoso.com')
    }

    It 'goes to the computer that runs the provider' {
        $script:locations = @(New-Location -Code 'NYC' -Machine 'prov.contoso.com')
        [void] (Invoke-Export)
        $script:closed | Should -Be @('session with cm01.contoso.com', 'session with prov.contoso.com')
    }

    It 'writes no file for a site that was not read whole, and says so' {
        $script:denied = @('NYC')
        $script:senderless = @('BOS')
        @(Invoke-Export).Count | Should -Be 0
        $script:problems.Count | Should -Be 2
        $script:problems[0] | Should -Match '^site NYC: not written: Access denied'
        $script:problems[1] | Should -Match '^site BOS: not written: .*no sender'
        @(Get-ChildItem -LiteralPath $script:folder).Count | Should -Be 0
    }

    It 'takes no site code that is none into a file name' {
        $script:sites = @(New-Site -Code '..\')
        @(Invoke-Export).Count | Should -Be 0
        $script:problems.Count | Should -Be 1
    }

    It 'replaces the file of an earlier run' {
        [void] [System.IO.Directory]::CreateDirectory($script:folder)
        $file = Join-Path -Path $script:folder -ChildPath 'NYC.smslint.json'
        [System.IO.File]::WriteAllText($file, 'old')
        [void] (Invoke-Export)
        [System.IO.File]::ReadAllText($file) | Should -Match '^\{"smslint_collector"'
        @(Get-ChildItem -LiteralPath $script:folder).Count | Should -Be 2
    }

    It 'says which site codes there are to choose from' {
        $script:locations = @((New-Location -Code 'NYC' -Local $false), (New-Location -Code 'CAS' -Local $false))
        [void] (Invoke-Export)
        $script:problems[0] | Should -Match 'CAS, NYC'
    }

    It 'takes the site that was named' {
        $script:locations = @((New-Location -Code 'NYC'), (New-Location -Code 'CAS' -Local $false))
        [void] (Invoke-Export -Code 'CAS')
        $script:asked | Should -Be 'root\SMS\site_CAS'
    }

    It 'says where no provider is known' {
        $script:locations = @()
        [void] (Invoke-Export -Code 'XXX')
        $script:problems[0] | Should -Match 'no provider'
        $script:closed.Count | Should -Be 1
    }
}
