"""Statistical claims in a text, and what the figures say to them."""
