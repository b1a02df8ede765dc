"""Staff (and, later, readers): who may sign in, and in which role."""
