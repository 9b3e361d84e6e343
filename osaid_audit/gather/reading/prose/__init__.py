"""What words say, wherever they stand: cards, gates and texts as sentences. Knows no repository."""
