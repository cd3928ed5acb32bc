"""Check a text: its statistical claims against the figures, for everybody."""
