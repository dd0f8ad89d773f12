"""HTTP: the application, its pages, health and static files."""
