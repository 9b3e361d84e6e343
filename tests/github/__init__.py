"""A faithful GitHub API on loopback, for tests that drive the real code over HTTP."""
