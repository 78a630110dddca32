"""The settings of smslint itself, and the file they stand in."""
