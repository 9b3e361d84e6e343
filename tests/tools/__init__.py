"""Programs that `make` runs: generated pages, packaging, the demonstration, measurements."""
