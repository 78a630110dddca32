"""Registry exports: the text of a .reg file, what regedit makes of it, and the sites below the SMS key."""
