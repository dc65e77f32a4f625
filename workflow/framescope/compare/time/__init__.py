"""How much is said of a theme when: rates by date of publication, trends, breaks, and how far texts look back."""
