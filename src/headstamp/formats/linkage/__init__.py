"""Records to be linked, models and decisions, as files."""
