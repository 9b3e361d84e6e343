"""What the finders of Python and of notebooks stand on: no code is run, nothing is imported.

scopes      what a pass over a module keeps: scopes, what is bound in them, calls, texts
survey      that pass
parameters  what the parameters of its functions are given
values      which texts an expression can be
calls       which calls take an id (rules/references/calls.yaml), which names hold one
options     what the options of a command line and the environment hold by default
places      where something stands: line, column, what is written
references  what a module names
finding     the same from the text of a module, also of one that is no Python in part
"""
