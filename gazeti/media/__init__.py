"""Pictures: what they show, whose they are, until when; and the small files readers get of them."""
