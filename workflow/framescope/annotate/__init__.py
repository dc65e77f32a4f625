"""Documents become spaCy Docs: sentences, names and dates."""
