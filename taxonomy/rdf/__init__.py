"""A release as linked data: statements about the publishers' URIs, in every RDF format."""
