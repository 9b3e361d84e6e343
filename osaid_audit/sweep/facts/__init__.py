"""Facts of many models at once: rows of a dump -> the view `own`.

own_facts  makes the view; `drop_own` drops it
Cases      what was answered before, so that a later shard asks only for what is new
SWEPT, NOT_SWEPT, OWN   the facts a sweep can know, those it cannot, the columns of the view
"""

from osaid_audit.sweep.facts.names import NOT_SWEPT, OWN, SWEPT
from osaid_audit.sweep.facts.own import Cases, drop_own, own_facts

__all__ = ["NOT_SWEPT", "OWN", "SWEPT", "Cases", "drop_own", "own_facts"]
