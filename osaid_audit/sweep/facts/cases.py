"""The SQL that cuts rows down to cases, one query for each family of facts but those of files and bases.

A case is a text, the same for all rows of which the family's readers see the same. `own.py` asks the readers
once for each and joins the answers back.
"""

from osaid_audit.sweep.database import text
from osaid_audit.sweep.facts.pieces import GATES, ID, PACKING, at, config

UNKNOWN = "sweep-unknown"
"""Stands for a license name, or the address of a license, that nobody knows."""


def terms() -> str:
    """Each row with its case about the license."""
    gates = "{" + ", ".join(f"'{key}': {at(key)}" for key in GATES) + "}"
    told = "concat_ws(' ', " + ", ".join(f"{at(key)}::varchar" for key in GATES) + ")"
    gated = f"({' or '.join(f'{at(key)} is not null' for key in GATES)})"
    words = "list_distinct(regexp_extract_all(lower({}), '[a-z]+'))"
    return f"""create or replace temp table sweep_terms as
select p.row, to_json({{
  'f': a.terms, 'x': broken, 'k': known, 'l': {at("license")},
  'n': case when n.answer then '"{UNKNOWN}"'::json else {at("license_name")} end,
  'u': case when u.answer then '"{UNKNOWN}"'::json else {at("license_link")} end,
  'm': misspelt, 't': list_filter(t, lambda x: regexp_matches(x, '^license:|^[^!-~]')),
  's': st_terms, 'g': gguf_terms,
  'e': case when {gated} then {gates} end,
  'w': case when not {gated} then null
    when regexp_matches(id || {told}, '[^\\x00-\\x7f]|\\\\u') then [id]
    else list_sort(list_intersect({words.format("id")}, {words.format(told)})) end,
  'b': case when a.empty then coalesce(o.declared, true) end, 'd': case when a.empty then o.doubt end
}})::varchar as asked
from sweep_pieces p join sweep_listed a on a.row = p.row
join sweep_origins o on o.row = p.row
left join sweep_names_answers n on n.asked = {at("license_name")}::varchar
left join sweep_links_answers u on u.asked = {at("license_link")}::varchar"""


def unknown_names() -> str:
    """The names of licenses that cards give, each with its quotes."""
    return _texts_at("license_name")


def unknown_links() -> str:
    """The addresses of licenses that cards give, each with its quotes."""
    return _texts_at("license_link")


def _texts_at(key: str) -> str:
    return f"select distinct {at(key)}::varchar from sweep_pieces where json_type({at(key)}) = 'VARCHAR'"


def truth(fragment: str) -> str:
    """A fragment of JSON of which only matters whether it holds anything: `true` for a mapping with keys."""
    return (
        f"case when json_type({fragment}) = 'OBJECT' and len(json_keys({fragment})) > 0"
        f" then 'true'::json else {fragment} end"
    )


def quantized() -> str:
    """The keys of a config by which weights are packed."""
    return f"[{', '.join(truth(config(key)) for key in PACKING)}]"


def things() -> str:
    """Each row with its case about single columns."""
    model = config("architectures"), config("_class_name")
    plain = r"""\[?"[A-Za-z0-9_]+"(?:,"[A-Za-z0-9_]+")*\]?"""

    def short(each: str) -> str:
        return (
            f"case when regexp_full_match({each}::varchar, {text(plain)}) then '\"x\"'::json else {each} end"
        )

    def positive(each: str) -> str:
        return f"(json_type({each}) = 'UBIGINT' and {each}::varchar <> '0')"

    return f"""create or replace temp table sweep_things as
select p.row, to_json({{
  'l': library, 'c': {at("library_name")},
  'a': {short(model[0])}, 'n': {short(model[1])}, 'g': {short("g[2]")},
  'r': {truth(config("auto_map"))}, 'u': {truth(config("custom_pipelines"))},
  'q': case when json_type(s[1]) = 'UBIGINT' then {quantized()} end,
  'y': case when json_type(s[1]) = 'UBIGINT' then dtypes end,
  's': {positive("s[1]")}, 't': {positive("g[1]")}, 'f': a.configs, 'e': results
}})::varchar as asked
from sweep_pieces p join sweep_listed a on a.row = p.row"""


def data() -> str:
    """Each row that names datasets with its case."""
    tags = "list_filter(t, lambda x: regexp_matches(x, '^dataset:|^[^!-~]'))"
    plain = f"regexp_matches(x, {text(f'^{ID}$')}) and not regexp_matches(x, {text(_NO_DATASET)})"
    tagged = (
        f"regexp_matches(x, {text(f'^dataset:{ID}$')}) and not regexp_matches(x[9:], {text(_NO_DATASET)})"
    )
    return f"""create or replace temp table sweep_data as
with named as (
  select row, {at("datasets")} as d, {tags} as td from sweep_pieces
  where {at("datasets")} is not null or len({tags}) > 0
),
told as (
  select *, case json_type(d) when 'VARCHAR' then [json_extract_string(d, '$')]
    when 'ARRAY' then list_filter(list_transform(json_extract(d, '$[*]'), lambda x:
      case when json_type(x) = 'VARCHAR' then json_extract_string(x, '$') end), lambda x: x is not null)
    end as names from named
)
select row, to_json({{
  'd': case when len(list_filter(names, lambda x: {plain})) > 0 then '"sweep/data"'::json else d end,
  't': case when len(list_filter(td, lambda x: {tagged})) > 0 then ['dataset:sweep/data'] else td end
}})::varchar as asked from told"""


_NO_DATASET = r"^(?i:datasets/|n/a$)"
"""What looks like an id of a dataset and is none."""
