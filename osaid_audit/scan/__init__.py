"""Which models and datasets does this code base use? Reads files, opens no socket, runs nothing.

hits       what a finder gives
ids        what has the form of a Hub id, an address, a file path, a hosted service's name
finders/   one finder per kind of file
"""
