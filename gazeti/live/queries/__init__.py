"""Every read about live coverage."""
