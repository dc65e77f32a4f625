"""Web pages and EPUB: the article and its notes, separated from boilerplate."""
