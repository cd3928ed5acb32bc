"""Where events are: hot spots, and events that follow others nearby."""
