"""How much the page holds at most; where a study has more, the page says what it leaves out and where that is."""

# Rows of a table; its CSV file has all of them.
MOST_TABLE_ROWS = 200
# Themes beside one another in a table, which then fits on a screen of 1280 pixels; further themes follow below.
MOST_THEME_COLUMNS = 13
# Words of texts that the page holds for reading and searching, about ten megabytes before compression.
MOST_WORDS = 600_000
# Rows of rates by theme that are held for comparing two units; above it those of sections are left out.
MOST_RATES = 60_000
# Findings with a picture on the first screen.
MOST_FINDINGS = 5
# Keywords listed for each document or section.
KEYWORDS_A_UNIT = 12
# Themes on the first screen.
MOST_LEADING_THEMES = 6
