"""Mail about comments: to moderators, to whoever gave notice, to whoever follows."""
