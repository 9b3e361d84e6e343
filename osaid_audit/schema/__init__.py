"""The records everyone shares; no I/O.

base        enumerations, Text, Source, Fact, Problem
vocabulary  the facts a rule may speak of
licenses    table entries, identified texts, statements, conclusions
dossier     what was gathered
rules       rules and frameworks as written
report      what is rendered
"""
