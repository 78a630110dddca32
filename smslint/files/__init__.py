"""Which files a run reads, and how files are written: whole or not at all."""
