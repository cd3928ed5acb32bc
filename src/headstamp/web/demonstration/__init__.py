"""A workspace filled with a synthetic city, and its newest scene run through the laboratory."""
