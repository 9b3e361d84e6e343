"""What is said about the license of one repository, each statement with its place."""
