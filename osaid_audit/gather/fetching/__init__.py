"""The network half of gathering: asks, waits, caches, counts, and hands over raw bytes with their place."""
