"""Lists fetched from a city's portal that speaks Socrata's SODA 2.1, page by page."""
