"""Files to a report: the one place where the stages meet."""
