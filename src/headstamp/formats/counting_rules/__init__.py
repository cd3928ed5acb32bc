"""The counting rules that are shipped, one TOML file each, and those of the user."""
