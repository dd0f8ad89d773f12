"""The seam to persistence: a store stages, publishes, keeps and gives back releases."""
