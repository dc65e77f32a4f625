"""A second opinion on themes, which a model of sentences learns from the hits of the lexicon."""
