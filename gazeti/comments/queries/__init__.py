"""Every read about comments across models."""
