"""Tables that describe texts: what was read, who is named, when, and each hit in its sentence."""
