"""smslint: the linter for the site-to-site settings of Microsoft SMS and Configuration Manager.

What stands here is the public interface, for programs and for packages with rules of their own: `lint` files
into a `Report`; declare a `rule` over one of the schemas and let it yield `Finding`s, with a `Fix` where
the cure is known. Built-in rules are declared in the same way.

These names and those of `smslint.testing` are stable: within a major version none is removed or renamed,
each keeps its meaning and takes new parameters only with a default; schemas may gain fields. A rule's code
keeps its meaning for ever. Everything else may change in any release.
"""

from smslint.checks.rule import Options, Rule, rule
from smslint.config.settings import BadSettingError, Settings
from smslint.engine.run import lint
from smslint.finding import Finding, Fix
from smslint.report import Report
from smslint.schema.address import Address
from smslint.schema.export import Export
from smslint.schema.hierarchy import Hierarchy
from smslint.schema.sender import Sender
from smslint.schema.setting import Declared, Setting
from smslint.schema.site import Site
from smslint.schema.version import ProductVersion

__all__ = [
    "Address",
    "BadSettingError",
    "Declared",
    "Export",
    "Finding",
    "Fix",
    "Hierarchy",
    "Options",
    "ProductVersion",
    "Report",
    "Rule",
    "Sender",
    "Setting",
    "Settings",
    "Site",
    "lint",
    "rule",
]
