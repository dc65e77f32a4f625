"""Which findings stand under other defensible ways to count."""
