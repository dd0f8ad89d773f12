"""occupation-graph: an open, graph-based occupational taxonomy service."""

__version__ = "0.1.0"
