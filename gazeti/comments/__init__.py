"""Reader comments and their moderation, by a policy that every hold and refusal can be read from."""
