"""Tables of incidents and exhibits that agencies bring along."""
