"""A run of a study as people see it: who holds it, what it says, and whether another run gives the same tables."""
