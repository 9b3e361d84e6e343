"""The code of a model: which repositories are linked, how each stands to it, and what it holds."""
