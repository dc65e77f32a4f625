"""Validation of the lexicon by coders: samples, agreement, accuracy, and corrected shares."""
