"""Two editions of a text: which sections and paragraphs were kept, edited, moved, added and dropped."""
