"""smslint: the linter for the site-to-site settings of Microsoft SMS and Configuration Manager.

What stands here is the public interface, for programs and for packages with rules of their own: `lint` files
into a `Report`; declare a `rule` over one of the schemas and let it yield `Finding`s, with a `Fix` where
the cure is known.
"""

from smslint.checks.rule import Rule, rule
from smslint.config import Settings
from smslint.finding import Finding, Fix, Report
from smslint.linter import lint
from smslint.schema.address import Address
from smslint.schema.export import Export
from smslint.schema.sender import Sender
from smslint.schema.setting import Declared, Setting
from smslint.schema.site import Site
from smslint.schema.version import ProductVersion

__all__ = [
    "Address",
    "Declared",
    "Export",
    "Finding",
    "Fix",
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
