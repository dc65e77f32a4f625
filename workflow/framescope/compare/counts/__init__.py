"""What is counted: the study's choices, and the counts by block from which all comparisons are computed."""
