"""Formats that say what is a heading and a note: Markdown, LaTeX, JATS, TEI, through pandoc."""
