"""Forms that change records, and two people who change one."""
