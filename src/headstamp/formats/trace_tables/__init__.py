"""Tables of trace results, each file kept as it came, and read as one set of traces."""
