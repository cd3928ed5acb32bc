"""Long lists: page by page, by index, out as a table."""
