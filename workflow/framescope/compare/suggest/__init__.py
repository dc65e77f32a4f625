"""Terms that a theme may lack, proposed from the sentences near its hits."""
