"""What is said of a model that was not audited, where the record itself says nothing."""

from osaid_audit.render.words import Words
from osaid_audit.schema.base import Text
from osaid_audit.schema.scan import Unaudited


def unaudited_texts(each: Unaudited) -> tuple[Text, Text, Text | None]:
    """The title, the message and the next step; the error itself is in the language it was raised in."""
    why = each.why or None
    message = _both("scan.unaudited.why", why=why) if why else _both("scan.unaudited.unsaid")
    step = Text(en=each.next, fr=each.next) if each.next else None
    return _both("scan.check.not-audited"), message, step


def _both(key: str, **values: object) -> Text:
    return Text(en=Words("en")(key, **values), fr=Words("fr")(key, **values))
