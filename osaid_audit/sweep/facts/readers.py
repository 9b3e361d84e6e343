"""The project's own readers, asked about one case: a repository of which only some of the reply is kept.

Each function asks for one family of facts and looks at nothing else, so that SQL may cut a row down to what
the family's readers look at, and ask once for all rows that come out the same.
"""

from collections.abc import Mapping
from typing import NamedTuple

from osaid_audit.gather.raw import Repository
from osaid_audit.gather.reading.code.facts import code_facts, joined
from osaid_audit.gather.reading.data.datasets import declares_datasets
from osaid_audit.gather.reading.files.plan import base_names, own_ids
from osaid_audit.gather.reading.files.weightfiles import weight_file_facts
from osaid_audit.gather.reading.license.holding import limits_that_hold
from osaid_audit.gather.reading.license.statements import conclusion_of
from osaid_audit.gather.reading.lineage.leads import leads_of
from osaid_audit.gather.reading.lineage.spoken import spoken_facts
from osaid_audit.gather.reading.repository.announced import announced_facts
from osaid_audit.gather.reading.repository.page import converts_a_base, read_page
from osaid_audit.gather.reading.repository.things import thing_facts
from osaid_audit.gather.reading.sources import README
from osaid_audit.gather.reading.subject import is_model_id
from osaid_audit.schema.base import FREEDOMS, Fact, FactValue
from osaid_audit.schema.licenses import RESTRICTED
from osaid_audit.sweep.facts.reply import gathered

Values = dict[str, FactValue]
_NO_GRANT = ("use", "modify", "share")
_REPLIED = frozenset(
    {
        *("weights.parameters", "access.gated", "code.architecture_found", "code.inference_found"),
        *("code.inference_osi", "documents.evaluation_results", "subject.last_modified", "subject.task"),
    }
)
"""What `thing_facts` and `announced_facts` read in the reply, not in the list of files."""


class Terms(NamedTuple):
    """The facts about the license, and what a model hands on to those made from it."""

    facts: Values
    cls: str | None
    breaks: tuple[str, ...]
    license: str | None


class Origin(NamedTuple):
    """What a model says of its bases.

    declared    whether any base is declared, readable or not
    bases       the declared ones in the form of ids, in lower case, without itself
    unread      whether one is declared that is none of these
    leads       whether something hints at a base without a name
    lead_names  the names of undeclared bases that something hints at, in lower case
    converts    whether the bases are only quantized here
    """

    declared: bool
    bases: tuple[str, ...]
    unread: bool
    leads: bool
    lead_names: tuple[str, ...]
    converts: bool


def files(repository: Repository) -> Values:
    """The facts of the list of files."""
    page = read_page(repository)
    told = joined((*thing_facts(repository, page), *code_facts(gathered(repository), page)))
    return _values({**dict(weight_file_facts(repository)), **dict(spoken_facts(repository, page)), **told})


def things(repository: Repository) -> Values:
    """The facts of single columns; the listing matters by the configs in it alone."""
    page = read_page(repository)
    found = {**dict(announced_facts(repository, page)), **dict(thing_facts(repository, page))}
    kept = {name: each for name, each in found.items() if name in _REPLIED}
    remote = found.get("code.remote")
    if remote is not None and remote.value is True:
        kept["code.remote"] = remote
    return _values(kept)


def terms(repository: Repository, *, doubt: bool) -> Terms:
    """The conclusion about the license; `doubt` when a base may hold a limit that these terms deny."""
    conclusion = conclusion_of(repository, read_page(repository))
    facts = dict(conclusion.facts)
    if doubt:
        facts["lineage.undecided"] = Fact(value=True, basis="stated")
    held = limits_that_hold(repository, facts, ())
    held.pop("lineage.undecided", None)
    values = _values(held)
    cls, concluded = values.get("license.class"), conclusion.block.concluded
    named = _NO_GRANT if cls == "none" else values.get("license.breaks", ())
    takes = cls in RESTRICTED or cls == "none"
    breaks = tuple(each for each in FREEDOMS if isinstance(named, tuple) and each in named) if takes else ()
    return Terms(values, str(cls) if cls else None, breaks, concluded.id if concluded else None)


def origin(repository: Repository) -> Origin:
    """Declared bases and hints at others."""
    page = read_page(repository)
    own = {repository.canonical.lower(), *own_ids(repository.info)}
    named = [name for name, _ in base_names(repository.info, repository.files.get(README))]
    bases = tuple(name.lower() for name in named if is_model_id(name) and name.lower() not in own)
    leads = leads_of(repository, page)
    return Origin(
        bool(named),
        bases,
        len(bases) < len(named),
        any(lead.name is None for lead in leads),
        tuple(lead.name.lower() for lead in leads if lead.name is not None),
        converts_a_base(repository),
    )


def names_data(repository: Repository) -> bool:
    """Whether datasets are declared."""
    return bool(declares_datasets(repository, read_page(repository)))


def _values(facts: Mapping[str, Fact]) -> Values:
    return {name: each.value for name, each in facts.items()}
