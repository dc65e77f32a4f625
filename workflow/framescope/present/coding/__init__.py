"""The page on which people code sentences: one file that needs no server and no network."""
