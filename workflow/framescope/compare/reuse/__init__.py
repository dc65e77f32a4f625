"""Copied passages: words that stand in several texts, or repeatedly in one, also after some of them were edited."""
