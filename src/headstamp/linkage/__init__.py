"""Which records, of one list or of several, may be of one firearm, one dealer or one person."""
