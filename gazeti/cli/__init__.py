"""The command `gazeti`. It touches the database through actions and queries only."""
