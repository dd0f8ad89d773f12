"""From the publishers' files to rows: the only package that reads sources."""
