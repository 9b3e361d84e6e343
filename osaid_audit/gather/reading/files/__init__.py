"""What a list of files says by its names, which of them are read, and what the small ones hold."""
