"""Bytes before they are read: what a file is, how it is decoded, and what reading it may cost."""
