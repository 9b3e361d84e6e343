"""What can be told of millions of models from a dump of the Hub's replies, on one machine.

sweep      a dump -> a folder with a table of outcomes and its summary
Progress   how far it has come

The passes, and why facts are made in SQL but never judged there: docs/decisions/0012-sweep.md. What lies in
the folder, and what a crash leaves of it: docs/decisions/0016-shards.md.
"""

from osaid_audit.sweep.places import Progress
from osaid_audit.sweep.run import sweep

__all__ = ["Progress", "sweep"]
