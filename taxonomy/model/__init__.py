"""Values and rules of the labour market's vocabulary: standard library only."""
