"""How good the answers are: matching against what people judged, with intervals and references."""
