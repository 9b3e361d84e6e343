"""What the statements about one component add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from osaid_audit.licenses import agreement, classes, table
from osaid_audit.licenses.resolution import ordered
from osaid_audit.licenses.resolve import normal_url, resolve_link
from osaid_audit.licenses.voices import Voice, hear, names_something
from osaid_audit.schema.base import Freedom
from osaid_audit.schema.licenses import (
    RESTRICTED,
    UNIDENTIFIED,
    ClauseId,
    Conflict,
    LicenseClass,
    Role,
    Statement,
)

_ROLES: tuple[Role, ...] = (
    "file", "gate", "link", "declared", "tag", "name", "header", "prose", "policy", "misspelt",
)  # fmt: skip


def order(statement: Statement) -> tuple[object, ...]:
    """A sort key that puts texts before declarations and is the same in any order of arrival."""
    return (
        statement.component,
        _ROLES.index(statement.role),
        statement.value,
        statement.model_dump_json(),
    )


@dataclass(frozen=True)
class Part:
    """One component (`path` is "" for the whole) and all statements about it, in a fixed order."""

    path: str
    statements: tuple[Statement, ...]

    @cached_property
    def heard(self) -> tuple[Voice, ...]:
        """Every voice, policies apart."""
        return tuple(voice for statement in self.statements for voice in hear(statement))

    @cached_property
    def policies(self) -> tuple[Statement, ...]:
        """Usage policies that no identified license of this component makes part of its terms."""
        return tuple(
            statement
            for statement in self.statements
            if statement.role == "policy"
            and statement.covers == "weights"
            and not self._incorporated(statement)
        )

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The voices that count: vague ones give way to an exact text, policies count by their clauses.

        A policy alone is no license, so it adds nothing where nobody speaks of one.
        """
        if not self.heard:
            return ()
        texts = [voice for voice in self.heard if voice.exact]
        kept = [voice for voice in self.heard if not agreement.yields(voice, texts)]
        return (*kept, *(_policy_voice(each) for each in self.policies if each.text and each.text.leads))

    @cached_property
    def cls(self) -> LicenseClass | None:
        """The most restrictive of what is said; open only when said where a license is declared."""
        found = classes.worst(voice.cls for voice in self.voices)
        declares = any(voice.kind != "hint" for voice in self.voices)
        return found if declares or found in RESTRICTED or found is None else "custom-unknown"

    @cached_property
    def deciding(self) -> tuple[Voice, ...]:
        """The voices of the class that decides, exact texts alone when there are any."""
        of_class = [voice for voice in self.voices if voice.cls == self.cls] or list(self.voices)
        exact = [voice for voice in of_class if voice.exact]
        firm = [voice for voice in of_class if voice.kind != "hint"]
        return tuple(exact or firm or of_class)

    @property
    def exact(self) -> bool:
        """Whether the deciding terms were read word for word."""
        return bool(self.deciding) and all(voice.exact for voice in self.deciding)

    @property
    def verified(self) -> bool:
        """Whether those words were read in the thing itself, not in a copy from elsewhere."""
        return self.exact and not any(voice.statement.stands_in for voice in self.deciding)

    @property
    def id(self) -> str | None:
        """One label for the deciding terms; None when nothing is said."""
        labels = sorted({voice.id for voice in self.deciding})
        if len(labels) > 1 and UNIDENTIFIED in labels:
            labels.remove(UNIDENTIFIED)
        return " AND ".join(labels) or None

    @property
    def breaks(self) -> tuple[Freedom, ...]:
        """The freedoms taken away by any identified restricted terms."""
        return ordered(
            freedom for voice in self.voices if voice.cls in RESTRICTED for freedom in voice.breaks
        )

    @property
    def clauses(self) -> tuple[ClauseId, ...]:
        """The clauses of the deciding terms."""
        return tuple(dict.fromkeys(clause for voice in self.deciding for clause in voice.clauses))

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The voices that name another license than the deciding one."""
        return agreement.conflicts(self.deciding[0], self.heard) if self.deciding else ()

    @cached_property
    def undecided(self) -> tuple[Conflict, ...]:
        """What cannot be compared, beside the conflicts."""
        pairs = [{each.left.value, each.right.value} for each in self.conflicts]
        found = agreement.undecided(self.voices)
        return tuple(each for each in found if {each.left.value, each.right.value} not in pairs)

    @cached_property
    def untold(self) -> tuple[Statement, ...]:
        """Statements about which nobody can say whether they agree with the rest: `unsure`, one by one."""
        unknown = (voice.statement for voice in self.voices if voice.kind == "unknown")
        return tuple(dict.fromkeys((*filter(_doubtful, self.statements), *unknown)))

    @property
    def unsure(self) -> bool:
        """Whether something stands there that nobody can compare with the rest.

        A text or name that is unknown, a value under a misspelt key, or what the Hub's reply says alone.
        """
        return bool(self.untold)

    @cached_property
    def unread(self) -> bool:
        """Whether anything relevant exists that was not read."""
        return any(self._blocks(statement) for statement in self.statements)

    def _blocks(self, statement: Statement) -> bool:
        if statement.covers != "weights" or statement.role == "misspelt":
            return False
        if statement.role == "link":
            return not self._agrees_by_url(statement) and (not statement.read or statement.text is None)
        if statement.role == "policy" and self._incorporated(statement):
            return False
        texts_needed = statement.role in {"file", "policy", "gate"}
        return not statement.read or (texts_needed and statement.text is None)

    def _agrees_by_url(self, link: Statement) -> bool:
        """Whether the link is that of the canonical text of a declared license."""
        behind = resolve_link(link.value)
        declared = [voice.ids for voice in self.heard if voice.role in {"declared", "tag"}]
        return behind.known and any(agreement.same_license(behind.ids, ids) for ids in declared)

    def _incorporated(self, policy: Statement) -> bool:
        return any(_makes_part_of_itself(each, policy.value) for each in self._identified)

    @cached_property
    def _identified(self) -> frozenset[str]:
        return frozenset(each for voice in self.heard if voice.kind == "identified" for each in voice.ids)


def parts(statements: Iterable[Statement]) -> tuple[Part, ...]:
    """The statements by component, the whole first and always there."""
    by_path: dict[str, list[Statement]] = {"": []}
    for statement in sorted(statements, key=order):
        by_path.setdefault(statement.component, []).append(statement)
    return tuple(Part(path, _once(own)) for path, own in sorted(by_path.items()))


def _once(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(statements))


def _doubtful(statement: Statement) -> bool:
    return statement.unconfirmed or (statement.role == "misspelt" and names_something(statement))


def _policy_voice(statement: Statement) -> Voice:
    return Voice(statement, "unknown", UNIDENTIFIED, (UNIDENTIFIED,), "custom-unknown")


def _makes_part_of_itself(license_id: str, policy: str) -> bool:
    row = table.entry(license_id)
    if row is None or row.policies is None:
        return False
    name, address = policy.rsplit("/", 1)[-1].lower(), normal_url(policy)
    files = {each.lower() for each in row.policies.files}
    return name in files or address in {normal_url(link) for link in row.policies.links}
