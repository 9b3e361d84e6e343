"""Waivers as every format shows them: what is accepted, by whom, why, until when, and to what effect."""

from osaid_audit.render.places import quote
from osaid_audit.render.safe import plain, prose
from osaid_audit.render.testimony import signer
from osaid_audit.render.words import Words
from osaid_audit.schema.waivers import ReportedWaiver


def waiver(words: Words, record: ReportedWaiver) -> str:
    """One waiver in a line of plain text."""
    where = [words("waiver.commit", commit=plain(record.revision))] if record.revision else []
    line = words(
        "waiver.line",
        state=words.name("waiver.state", record.state),
        rule=plain(record.rule),
        model=", ".join([plain(record.model), *where]),
        until=plain(record.expires),
        name=signer(words, record.reviewer),
        reason=words.name("waiver.reason", record.reason),
    )
    told = [line, quote(words, record.statement)]
    told += [plain(record.evidence)] if record.evidence else []
    told += [prose(words.say(record.why))] if record.why else []
    return " ".join(told)
