"""Printed pages: which lines are headings, paragraphs, notes, tables, and what recurs on every page."""
