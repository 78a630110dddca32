"""Fuzz targets, run by hand: docs/decisions.md says how."""
