"""What runs: the server, its workers and their jobs, and what a killed one leaves."""
