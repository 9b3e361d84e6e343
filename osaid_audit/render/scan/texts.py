"""What is said of a model that was not audited, where the record itself says nothing."""

from osaid_audit.render.words import Words
from osaid_audit.schema.base import Text
from osaid_audit.schema.scan import Unaudited


def unaudited_texts(each: Unaudited) -> tuple[Text, Text, Text | None]:
    """The title, the message and the next step."""
    message = _both("scan.unaudited.why", each.why) if each.why else _both("scan.unaudited.unsaid")
    return _both("scan.check.not-audited"), message, each.next


def _both(key: str, why: Text | None = None) -> Text:
    """The text of `key` in both languages, the reason in its own in each."""
    english, french = Words("en"), Words("fr")
    if why is None:
        return Text(en=english(key), fr=french(key))
    return Text(en=english(key, why=english.say(why)), fr=french(key, why=french.say(why)))
