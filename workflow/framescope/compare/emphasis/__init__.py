"""How much each theme is emphasised in a unit, and whether that is more than in another."""
