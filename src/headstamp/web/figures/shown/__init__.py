"""A publication as pages show it: texts, in the order people read them."""
