"""One module per question that users ask: pure functions over a snapshot, no library but numpy."""
