"""PDF: from glyphs to words, lines, columns and the parts of a page."""
