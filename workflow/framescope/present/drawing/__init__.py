"""How charts are composed and rendered, whatever they show."""
