"""Source files become Documents: sections, paragraphs, notes and what was left out."""
