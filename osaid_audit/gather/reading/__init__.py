"""The pure half of gathering: from raw bytes to facts with their sources. It opens no socket."""
