"""The SQL that joins the answers back to the rows: the view `own`."""

from osaid_audit.sweep.database import text
from osaid_audit.sweep.facts.names import OWN, SWEPT
from osaid_audit.sweep.facts.pieces import at

_MOMENT = (
    r"[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z"
)
"""A moment as the Hub writes it."""


def own() -> str:
    """The view `own`: every row with the answers of its cases."""
    made = {
        "lineage.declared_base": "case when o.declared then true end",
        "lineage.undecided": "case when o.leads or o.unread or (len(o.lead_names) > 0 and not o.declared)"
        " then true end",
        "data.datasets_named": "case when d.answer and not o.declared then true end",
        "access.gated": "p.gated",
        "subject.task": "case when k.answer then p.task end",
        "subject.last_modified": f"case when ({_plain_moment()}) or m.answer then p.modified end",
        "weights.parameters": "case th.counted when 's' then try_cast(p.s[1]::varchar as bigint)"
        " when 'g' then try_cast(p.g[1]::varchar as bigint) end",
        "bases": "o.bases",
        "base_unread": "o.unread",
        "leads": "o.leads",
        "lead_names": "o.lead_names",
        "converts": "o.converts",
        "names_data": "coalesce(d.answer, false)",
        "named_license": f"left(lower(trim({_first(at('license'))})), 80)",
        "created": r"case when regexp_matches(created, '^[1-9]\d{3}-\d\d-\d\d')"
        " then try_cast(created[1:10] as date) end",
        "library": "left(p.library, 80)",
    }
    for name in ("row", "id", "key", "downloads"):
        made[name] = f"p.{name}"
    columns = []
    for name, kind in OWN.items():
        if name not in made:
            told = [f'{each}."{name}"' for each, names in FAMILIES.items() if name in names]
            made[name] = f"coalesce({', '.join(told)})" if told else "null"
        columns.append(f'({made[name]})::{kind} as "{name}"')
    return f"""create or replace temp view own as select {", ".join(columns)}
from sweep_pieces p join sweep_listed f using (row)
join sweep_origins o using (row)
join sweep_terms tc using (row) join sweep_terms_answers te on te.asked = tc.asked
join sweep_things hc using (row) join sweep_things_answers th on th.asked = hc.asked
left join sweep_data dc using (row) left join sweep_data_answers d on d.asked = dc.asked
left join sweep_tasks_answers k on k.asked = p.task
left join sweep_moments_answers m on m.asked = p.modified"""


def _first(value: str) -> str:
    """A value that is a text, or the first of a list when that is one."""
    return (
        f"case when json_type({value}) = 'VARCHAR' then json_extract_string({value}, '$')"
        f" when json_type({value}, '$[0]') = 'VARCHAR' then json_extract_string({value}, '$[0]') end"
    )


def _plain_moment() -> str:
    return (
        f"regexp_full_match(p.modified, {text(_MOMENT)}) and try_cast(p.modified[1:10] as date) is not null"
    )


def moments() -> str:
    """Moments that are not plainly one as the Hub writes it."""
    return (
        "select distinct modified from sweep_pieces p"
        f" where modified is not null and not coalesce({_plain_moment()}, false)"
    )


_TERMS = tuple(name for name in SWEPT if name.startswith("license."))
_THINGS = (
    *("code.architecture_found", "code.inference_found", "code.inference_osi", "code.remote"),
    "documents.evaluation_results",
)
FAMILIES: dict[str, tuple[str, ...]] = {
    "te": (*_TERMS, "own_class", "own_breaks", "own_license"),
    "th": _THINGS,
    "f": tuple(
        name
        for name in SWEPT
        if name.split(".")[0] in {"weights", "code", "components", "system"} or name == "access.price_named"
    ),
}
"""Which columns the answers of a family hold."""
