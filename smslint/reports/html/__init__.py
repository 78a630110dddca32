"""What people look at: the page of a report, and the map of the hierarchy."""

from smslint.reports.html.report import render

__all__ = ["render"]
