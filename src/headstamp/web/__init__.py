"""The web application: one Django project that joins the cores; the only place that imports Django."""
