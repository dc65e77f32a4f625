"""Tables, figures and the report that people open."""
