"""Formats that mark headings and notes (Markdown, LaTeX, JATS, TEI), read through pandoc."""
