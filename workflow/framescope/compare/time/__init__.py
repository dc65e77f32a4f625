"""Emphasis over time: rates by date of publication, trends, breaks, and how far texts look back."""
