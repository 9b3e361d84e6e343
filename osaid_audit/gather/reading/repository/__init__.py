"""One repository as read: its page, what is there, and what could not be read."""
