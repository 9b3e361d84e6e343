"""A faithful Hub on loopback, for tests that drive the real code over HTTP."""
