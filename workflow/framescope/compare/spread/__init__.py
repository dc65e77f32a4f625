"""Where in a text themes stand, how evenly, and with which others."""
