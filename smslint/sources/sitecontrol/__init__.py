"""Site control files: their text, their parts, and the sites they describe."""
