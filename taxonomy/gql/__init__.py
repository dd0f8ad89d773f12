"""The GraphQL server; its contract with clients is the folder `graphql/`."""
