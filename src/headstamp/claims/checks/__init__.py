"""How each kind of claim is checked."""
