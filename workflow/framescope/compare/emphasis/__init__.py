"""How much of each theme a unit has, and whether that is more than another's."""
