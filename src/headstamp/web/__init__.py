"""The web application: one Django project that joins the cores; Django is imported here alone."""
