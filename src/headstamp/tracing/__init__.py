"""Where crime guns were first sold, how long ago, and what a share of them is a share of."""
