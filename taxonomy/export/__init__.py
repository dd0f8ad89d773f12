"""Writing what a release says in formats that others read."""
