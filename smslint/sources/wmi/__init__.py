"""Dumps of WMI objects: four syntaxes read into one tree of objects, and the sites these describe."""
