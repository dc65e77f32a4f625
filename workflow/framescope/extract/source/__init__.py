"""The bytes of a source: its format, its encoding, and the limits on reading it."""
