"""Lists of shootings and murders that cities and newsrooms publish, each kept as a vintage."""
