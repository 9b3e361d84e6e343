"""What a finder found, in a form that is easily read."""

import time
from contextlib import suppress

from osaid_audit.scan.hits import Doubt


def told(found):
    """Each place as 'LINE id@revision', a dataset in brackets, '?' behind a low one, '~why' for a doubt."""
    return [_said(each) for each in found]


def _said(each):
    if isinstance(each, Doubt):
        return f"{each.line} ~{each.why}"
    name = each.id + (f"@{each.revision}" if each.revision else "")
    name = f"[{name}]" if each.kind == "dataset" else name
    return f"{each.line} {name}{'?' if each.confidence == 'low' else ''}"


def seconds(find, text):
    """Processor time of one reading; a text that is not of the kind may be refused."""
    from osaid_audit.scan.hits import Malformed

    start = time.process_time()
    with suppress(Malformed):
        list(find(text))
    return time.process_time() - start
