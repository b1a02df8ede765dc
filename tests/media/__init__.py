"""Pictures: taken in or refused, rendered whole or not at all, served bare."""
