"""Printed pages: which lines are headings, paragraphs, notes or tables, and which recur on every page."""
