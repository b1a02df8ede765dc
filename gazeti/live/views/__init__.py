"""What readers of live coverage, and reporters at the desk, are answered."""
