"""What readers, and moderators at the desk, are answered."""
