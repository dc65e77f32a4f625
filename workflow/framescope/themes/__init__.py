"""Lexicons of themes, their file formats, and matching."""
