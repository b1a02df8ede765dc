"""The bytes of pictures, without a database."""
