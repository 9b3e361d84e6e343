"""The SQL of the family of facts about bases: rows -> cases, and the answers back to rows.

A base that is plainly an id becomes a stand-in, as which one it is makes no difference to the readers: only
whether it is the model itself, one that is declared, or another one.
"""

from osaid_audit.sweep.database import text
from osaid_audit.sweep.facts import sieve
from osaid_audit.sweep.facts.cases import quantized
from osaid_audit.sweep.facts.pieces import ID, at

OTHER = "sweep/other"
"""Stands for an id that is neither the model's own nor one of its bases."""
_DERIVED = "(?i:merge|lora|peft|dora|adapter)|[^ -~]|\\\\u"


def named() -> str:
    """The texts by which configs simply name what a model was made from."""
    return "select distinct named from sweep_pieces where named is not null"


def origin() -> str:
    """Each row with its case about bases, and its bases where they are plainly written."""
    relation = at("base_model_relation")
    place = "'sweep/b' || list_position(b, lower({}))"
    return f"""create or replace temp table sweep_origin as
with written as (
  select p.*, n.answer as called, case json_type(base) when 'VARCHAR' then [json_extract_string(base, '$')]
    when 'ARRAY' then json_extract_string(base, '$[*]') end as plain,
    json_type(base) = 'VARCHAR' or coalesce(len(list_filter(json_type(base, '$[*]'), lambda x:
      x is distinct from 'VARCHAR')) = 0, false) as texts,
    list_filter(t, lambda x: regexp_matches(x, '^base_model:|^[^!-~]')) as tb,
    list_filter(t, lambda x: regexp_matches(x, {text(sieve.derived() + "|^[^!-~]")})) as td,
    not regexp_matches(id, '[^\\x00-\\x7f]') and regexp_matches(id, {text(sieve.packed())}) as packed
  from sweep_pieces p left join sweep_named_answers n on n.asked = p.named
),
listed as (
  select *, list_distinct(list_transform(plain, lambda x: lower(x))) as b,
    list_transform(tb, lambda x: regexp_extract(x,
      '^(base_model:(?:[a-z][a-z_-]*:)?)({ID})$', ['rel', 'base'])) as tagged,
    contains(lower(array_to_string(tb, ' ')), 'quantized')
      or coalesce(contains(lower({relation}::varchar), 'quantized'), false) as packs
  from written
),
judged as (
  select *, hints is null and naming is null and (called is null or contains(called, '/'))
    and not regexp_matches(id, '[^\\x00-\\x7f]')
    and len(list_filter(tagged, lambda x:
      x.base = '' or not list_contains(coalesce(b, []), lower(x.base)))) = 0
    and (base is null or (texts and len(plain) between 1 and 50 and len(list_filter(plain, lambda x:
      length(x) > 96 or length(x) < 4 or not regexp_full_match(x, '{ID}') or regexp_matches(x,
      '--|\\.\\.|\\.git$|\\.ipynb$|^(?i:(?:www\\.)?huggingface\\.co/|hf\\.co/)'))) = 0
      and not list_contains(b, key) and not list_contains(b, lower(coalesce(model_id, ''))))) as plainly
  from listed
)
select j.row, j.plainly, lower(called) as called, case when j.plainly then coalesce(b, []) end as bases,
  case when j.plainly then to_json({{{_plain(relation, place)}}})
  else to_json({{
    'i': id, 'o': model_id, 'b': base, 't': tb, 'd': td, 'r': {relation},
    'ct': {at("tags")}, 'cl': {at("library_name")}, 'l': library, 'p': named, 'c': naming, 'h': hints,
    'f': a.leads, 'y': dtypes, 'q': {quantized()}
  }}) end::varchar as asked
from judged j join sweep_listed a on a.row = j.row"""


def _plain(relation: str, place: str) -> str:
    """The case of a row whose bases are plainly ids: stand-ins for them, and for the row's own id."""
    words = f"regexp_matches({{}}::varchar, {text(_DERIVED)})"
    tags, library = at("tags"), at("library_name")
    return f"""'i': case when packed then 'sweep/own-gguf' else 'sweep/own' end, 'o': null,
    'b': to_json(case when base is null then null
      else list_transform(b, lambda x: {place.format("x")}) end),
    't': list_sort(list_distinct(list_transform(tagged, lambda x: x.rel || {place.format("x.base")}))),
    'd': list_sort(list_distinct(td)), 'r': {relation},
    'ct': case when not {words.format(tags)} then null when json_type({tags}) = 'ARRAY'
      then to_json(list_filter(json_extract({tags}, '$[*]'), lambda x: {words.format("x")})) else {tags} end,
    'cl': case when {words.format(library)} then {library} end,
    'l': case when {words.format("library")} then library end,
    'p': case when called is null then null
      when list_contains(coalesce(b, []), lower(called)) then {place.format("called")}
      when lower(called) in (key, lower(coalesce(model_id, '')))
      then 'sweep/own' || case when packed then '-gguf' else '' end
      else '{OTHER}' end,
    'c': null, 'h': null, 'f': a.leads, 'y': case when packs then dtypes end,
    'q': case when packs then {quantized()} end"""


def origins() -> str:
    """Each row with the answers about its bases, what a stand-in stands for in its place."""
    return f"""create or replace temp table sweep_origins as
select c.row, a.declared, coalesce(c.bases, a.bases) as bases, a.unread, a.leads, a.converts,
  case when c.plainly then list_transform(a.lead_names, lambda x: case when x = '{OTHER}' then c.called
    else x end) else a.lead_names end as lead_names,
  a.doubt or coalesce(f."weights.needs_base", false) or f.small as doubt
from sweep_origin c join sweep_origin_answers a on a.asked = c.asked join sweep_listed f on f.row = c.row"""
