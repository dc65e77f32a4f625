"""Names of persons, places, organisations and events."""
