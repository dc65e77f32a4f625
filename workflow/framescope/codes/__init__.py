"""Files of codes: what coders, services or models said of sentences, in the forms in which such files come."""
