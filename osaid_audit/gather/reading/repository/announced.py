"""What the reply and the page announce: the last change, the task, and documents a law asks for."""

import re
from collections.abc import Iterator
from datetime import datetime

from osaid_audit.gather.raw import Repository
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import fact, of_file, of_reply
from osaid_audit.schema.base import Fact

_TASK = re.compile(r"[a-z][a-z0-9-]{1,60}\Z")
_DOCUMENTS = {
    "documents.copyright_policy": re.compile(
        r"\bcopyright polic(?:y|ies)\b|\bpolitique (?:de|sur le|en matière de) droits? d['\u2019]auteur\b",
        re.IGNORECASE,
    ),
    "documents.training_summary": re.compile(
        r"\b(?:public )?summary of (?:the )?training (?:content|data)\b|\btraining (?:content|data) summary\b"
        r"|\brésumé (?:public )?(?:du contenu|des données) (?:d['\u2019]entraînement|utilisé)",
        re.IGNORECASE,
    ),
}
_QUOTE = 120


def announced_facts(repository: Repository, page: Page) -> Iterator[tuple[str, Fact]]:
    """The day of the last change, the Hub's word for the task, and links to the documents by their name."""
    changed = repository.info.get("lastModified")
    if isinstance(changed, str) and _is_moment(changed):
        yield fact("subject.last_modified", changed, "verified", of_reply(repository, "/lastModified"))
    task = repository.info.get("pipeline_tag")
    if isinstance(task, str) and _TASK.match(task):
        yield fact("subject.task", task, "stated", of_reply(repository, "/pipeline_tag", task))
    if page.raw is None or page.parent:
        return
    seen: set[str] = set()
    for link in page.card.links():
        for name, wanted in _DOCUMENTS.items():
            if name not in seen and "://" in link.url and wanted.search(link.text):
                seen.add(name)
                yield fact(name, True, "stated", of_file(page.raw, link.line, link.text[:_QUOTE]))


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
