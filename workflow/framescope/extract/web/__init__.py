"""Web pages and EPUB: the article and its notes, apart from what stands beside it."""
