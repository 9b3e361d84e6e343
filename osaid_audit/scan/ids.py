"""What has the form of a Hub id, of an address on the Hub, of a file path, of a hosted service's name."""
