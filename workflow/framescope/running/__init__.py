"""Running a study: its lock, the messages on the terminal, and the comparison of the tables of two runs."""
