"""`python -m gazeti` is the command `gazeti`."""

from gazeti.cli.main import main

if __name__ == "__main__":
    main()
