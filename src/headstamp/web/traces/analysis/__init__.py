"""What follows from many traces: times, sources, dealers, signs, networks, the report."""
