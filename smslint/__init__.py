"""smslint: the linter for the site-to-site settings of Microsoft SMS and Configuration Manager.

What stands here is the public interface, for programs and for packages with rules or reports of their own:

- **A run**: `lint` files and folders, or `lint_bytes` of one, under `Settings`, into a `Report`; `fails`
  says whether it fails.
- **A rule**: a function of one `Sender`, `Address` or other `Section`, of a `Site`, the `Hierarchy` or an
  `Export`, declared with `rule`. It yields `Finding`s, each with a `Fix` where the cure is known. Built-in
  rules are declared in the same way.
- **A policy**: a `Policy` in the settings says what one setting must be.
- **A report**: `renderer` gives the function that writes a format; one of a package is such a function.
  `escape` makes text from an input harmless where it is put.
- **Errors**: whatever was given and cannot be used raises an `UnusableError`.

`docs/api.md` shows them at work, `smslint.testing` is the kit for tests. These names and those of
`smslint.testing` are stable: within a major version none is removed or renamed, each keeps its meaning and
takes new parameters only with a default; schemas may gain fields. A rule's code keeps its meaning for ever.
Everything else may change in any release.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smslint.checks.rule import Options, Rule, rule
    from smslint.config.errors import UnusableError
    from smslint.config.settings import BadSettingError, Ignore, Policy, Settings
    from smslint.engine.baseline import UnusableBaselineError
    from smslint.engine.run import fails, lint, lint_bytes
    from smslint.engine.selection import UnknownRuleError
    from smslint.escaping import Target, escape
    from smslint.finding import Finding, Fix, Safety, Severity
    from smslint.report import (
        AddressInfo,
        Edit,
        Failure,
        FixChange,
        Input,
        LimitInfo,
        LogInfo,
        RelatedLocation,
        Report,
        ReportedFinding,
        ReportedFix,
        RuleInfo,
        SentInfo,
        SiteInfo,
        Summary,
        Suppressed,
        Tool,
        Versions,
    )
    from smslint.reports import UnusableFormatError, renderer
    from smslint.reports.style import Style
    from smslint.schema.address import Address
    from smslint.schema.components import (
        Compression,
        Despooler,
        DiscoveryDataManager,
        Executive,
        ExecutiveThread,
        HierarchyManager,
        ReplicationManager,
        SiteConfigManager,
        Tracing,
    )
    from smslint.schema.console import ConsolePath
    from smslint.schema.export import Comment, Defect, Export
    from smslint.schema.hierarchy import Hierarchy
    from smslint.schema.identity import Identification, Setup
    from smslint.schema.located import Located, RegistryValue, Span
    from smslint.schema.schedule import PulseMode, RateLimits, Usage, UsageSchedule
    from smslint.schema.sender import Sender
    from smslint.schema.setting import Change, Declared, Section, Setting
    from smslint.schema.site import Site
    from smslint.schema.sitecontrol import (
        Domain,
        InstalledComponent,
        Outbox,
        SiteControlFile,
        SiteProperties,
        SiteSystem,
    )
    from smslint.schema.version import ProductVersion
    from smslint.sources.unchecked import NotChecked
else:
    # A name is imported when it is first asked for: every start of the command line passes through here.
    _HOMES = {
        "checks.rule": "Options Rule rule",
        "config.errors": "UnusableError",
        "config.settings": "BadSettingError Ignore Policy Settings",
        "engine.baseline": "UnusableBaselineError",
        "engine.run": "fails lint lint_bytes",
        "engine.selection": "UnknownRuleError",
        "escaping": "Target escape",
        "finding": "Finding Fix Safety Severity",
        "report": "AddressInfo Edit Failure FixChange Input LimitInfo LogInfo RelatedLocation Report "
        "ReportedFinding ReportedFix RuleInfo SentInfo SiteInfo Summary Suppressed Tool Versions",
        "reports": "UnusableFormatError renderer",
        "reports.style": "Style",
        "schema.address": "Address",
        "schema.console": "ConsolePath",
        "schema.export": "Comment Defect Export",
        "schema.hierarchy": "Hierarchy",
        "schema.located": "Located RegistryValue Span",
        "schema.schedule": "PulseMode RateLimits Usage UsageSchedule",
        "schema.sender": "Sender",
        "schema.setting": "Change Declared Section Setting",
        "schema.components": "Compression Despooler DiscoveryDataManager Executive ExecutiveThread "
        "HierarchyManager ReplicationManager SiteConfigManager Tracing",
        "schema.identity": "Identification Setup",
        "schema.site": "Site",
        "schema.sitecontrol": "Domain InstalledComponent Outbox SiteControlFile SiteProperties SiteSystem",
        "schema.version": "ProductVersion",
        "sources.unchecked": "NotChecked",
    }
    _HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

    def __getattr__(name):
        """Import a public name."""
        if name not in _HOME:
            raise AttributeError(f"module 'smslint' has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(f"smslint.{_HOME[name]}"), name)
        return value

    def __dir__():
        """The public names, imported or not."""
        return sorted({*globals(), *_HOME})


__all__ = [
    "Address",
    "AddressInfo",
    "BadSettingError",
    "Change",
    "Comment",
    "Compression",
    "ConsolePath",
    "Declared",
    "Defect",
    "Despooler",
    "DiscoveryDataManager",
    "Domain",
    "Edit",
    "Executive",
    "ExecutiveThread",
    "Export",
    "Failure",
    "Finding",
    "Fix",
    "FixChange",
    "Hierarchy",
    "HierarchyManager",
    "Identification",
    "Ignore",
    "Input",
    "InstalledComponent",
    "LimitInfo",
    "Located",
    "LogInfo",
    "NotChecked",
    "Options",
    "Outbox",
    "Policy",
    "ProductVersion",
    "PulseMode",
    "RateLimits",
    "RegistryValue",
    "RelatedLocation",
    "ReplicationManager",
    "Report",
    "ReportedFinding",
    "ReportedFix",
    "Rule",
    "RuleInfo",
    "Safety",
    "Section",
    "Sender",
    "SentInfo",
    "Setting",
    "Settings",
    "Setup",
    "Severity",
    "Site",
    "SiteConfigManager",
    "SiteControlFile",
    "SiteInfo",
    "SiteProperties",
    "SiteSystem",
    "Span",
    "Style",
    "Summary",
    "Suppressed",
    "Target",
    "Tool",
    "Tracing",
    "UnknownRuleError",
    "UnusableBaselineError",
    "UnusableError",
    "UnusableFormatError",
    "Usage",
    "UsageSchedule",
    "Versions",
    "escape",
    "fails",
    "lint",
    "lint_bytes",
    "renderer",
    "rule",
]
