"""Extensions: the run and its lock, the report, the exit status."""
