"""Which models and datasets does this code base use? Reads files, opens no socket, runs nothing.

codebase   scan(paths): every file, its finder, what was found in order
walk       which files are the code base's own; ignored: what git leaves out; tracked: what git manages
reading    the bytes of one file
kinds      which finder reads which file
decode     bytes -> text
hits       what a finder gives
ids        what has the form of a Hub id, an address, a file path, a hosted service's name
tables     the data in rules/references
finders/   one finder per kind of file
python/    what the finders of Python and of notebooks stand on
"""

from osaid_audit.scan.codebase import scan

__all__ = ["scan"]
