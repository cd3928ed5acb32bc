"""Published lists in the workspace: each import a vintage, kept as it stood."""
