"""Files of codes: the themes that coders, services or models gave to sentences, in the common formats."""
