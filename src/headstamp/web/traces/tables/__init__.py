"""Tables of results that tracing centres send, brought into the workspace."""
