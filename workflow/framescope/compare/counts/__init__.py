"""What is counted: the study's choices, and counts by block on which all comparison stands."""
