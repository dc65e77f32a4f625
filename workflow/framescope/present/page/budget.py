"""Limits on the content of the page. If a study has more, the page says what it leaves out and where that is."""

# Rows of a table; its CSV file has all of them.
MOST_TABLE_ROWS = 200
# Rows of a table on paper, about a page.
MOST_PRINTED_ROWS = 40
# Themes beside one another in a table, which then fits on a screen of 1280 pixels; further themes follow below.
MOST_THEME_COLUMNS = 13
# Words of texts that the page contains for reading and searching, about ten megabytes before compression. Texts that
# findings are about come first; the others are in scripts beside the page, with so many words each.
MOST_WORDS = 600_000
MOST_SHARD_WORDS = 300_000
# Rows of rates of themes of the highest level for comparing two units. If there are more, those of sections are left
# out, and if there still are, those of documents whose text the page does not contain; where rates are left out, the
# comparison counts hits in the texts, without intervals.
MOST_RATES = 30_000
# Findings with a picture on the first screen.
MOST_FINDINGS = 5
# Keywords listed for each document or section.
KEYWORDS_A_UNIT = 12
# Themes on the first screen.
MOST_LEADING_THEMES = 6
# Characters of a drawing that stands in the page as elements. A larger one is compressed with those that readers choose
# from, and is drawn when its view opens; without scripts the page names its file.
MOST_DRAWN = 60_000
