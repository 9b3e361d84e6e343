"""Files that a scan could not read, or not to their end: what a policy that minds them holds against each."""

from collections.abc import Iterable

from osaid_audit.policy.judge import fingerprint
from osaid_audit.policy.wording import name, text
from osaid_audit.render.safe import plain
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.scan import FAILED, Alert, Skipped

NOT_READ = "not-read"


def unread(policy: Policy, skipped: Iterable[Skipped]) -> tuple[Alert, ...]:
    """An alert at each file that was not read, in order; none unless the policy says `unread = "error"`.

    It gates, and no waiver or baseline accepts it. A file that the tool failed on stops the check anyway.
    """
    if policy.scan.unread != "error":
        return ()
    return tuple(_alert(each) for each in skipped if each.why != FAILED)


def _alert(each: Skipped) -> Alert:
    why = name("scan.why", each.why.replace(" ", "-"))
    return Alert(
        check=NOT_READ,
        level="error",
        model=plain(each.file),
        file=each.file,
        line=1,
        title=text(f"check.{NOT_READ}"),
        message=text("policy.unread", why=why),
        next=text("policy.next.unread"),
        fingerprint=fingerprint(NOT_READ, "", each.file),
    )
