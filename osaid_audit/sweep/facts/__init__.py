"""Facts of many models at once: rows of a dump -> the table `own`.

own_facts  makes the table
Cases      what was answered before, so that a later shard asks only for what is new
SWEPT, NOT_SWEPT, OWN   the facts a sweep can know, those it cannot, the columns of the table
"""

from osaid_audit.sweep.facts.names import NOT_SWEPT, OWN, SWEPT
from osaid_audit.sweep.facts.own import Cases, own_facts

__all__ = ["NOT_SWEPT", "OWN", "SWEPT", "Cases", "own_facts"]
