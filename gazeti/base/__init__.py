"""What every reader's page stands on: the abstract page, shared blocks, base templates, site settings, the slots."""
