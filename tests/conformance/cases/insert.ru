PREFIX : <http://example.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { :smith skos:broader :work }
