"""The lock file: what was audited is written down, and what has changed since is told.

lock_of            answers -> Lock
read_lock          a file -> Lock; lock_if_any: the same or None; write_lock, lock_json: back again
lock_path          where the lock of a policy lies
compare            a lock and new answers -> what changed: a license, a verdict, a card, a commit, the rules
alerts_of          changes -> alerts, at the places where the models are named
Named              a model as it is referred to: its id and the revision written there
"""

from osaid_audit.policy.lock.alerts import alerts_of
from osaid_audit.policy.lock.compare import compare
from osaid_audit.policy.lock.files import lock_if_any, lock_json, lock_path, read_lock, write_lock
from osaid_audit.policy.lock.make import Answer, Answers, Named, lock_of

__all__ = [
    "Answer",
    "Answers",
    "Named",
    "alerts_of",
    "compare",
    "lock_if_any",
    "lock_json",
    "lock_of",
    "lock_path",
    "read_lock",
    "write_lock",
]
