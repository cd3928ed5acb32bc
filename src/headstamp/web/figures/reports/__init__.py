"""Reports for commanders and for the public, from a template a department can change."""
