"""The SQL that takes the rows of a shard apart, each cell once.

Composed of our own patterns and constants alone, never of what a dump holds.
"""

from osaid_audit.gather.reading.files.packing import _KEYS as _PACKING
from osaid_audit.gather.reading.files.plan import MAX_DEPTH_OF_PATH, MAX_PATH
from osaid_audit.sweep.columns import FORM
from osaid_audit.sweep.database import text
from osaid_audit.sweep.facts import sieve

SEPARATOR = "chr(0)"
"""Between the paths of a case: no path that is read holds it."""
CARD = (
    *("license", "license_name", "license_link"),
    *("extra_gated_prompt", "extra_gated_description", "extra_gated_heading", "extra_gated_button_content"),
    *("extra_gated_fields", "extra_gated_eu_disallowed"),
    *("base_model", "base_model_relation", "library_name", "tags", "datasets"),
)
"""The keys of a card that are taken out of it together; what stands there in any other form stays behind."""
GATES = CARD[3:9]
MAX_ODD = 64
"""Keys of one card that may be a license key spelt otherwise; a card with more cannot be read."""
MAX_TAGS = 2_000
"""Tags of one model that any reader looks at: of more, none is known. Each license is held against each."""
CONFIG = ("architectures", "_class_name", "auto_map", "custom_pipelines", *_PACKING)
PACKING = CONFIG[4:]
"""The keys of a config by which its weights are packed."""
_BAD = r"^$|^/|\x00|(?:^|/)\.\.(?:/|$)"
_BAD_JOINED = r"^$|^\x00|\x00\x00|\x00$|(?:^|\x00)/|(?:^|[/\x00])\.\.(?:[/\x00]|$)"
ID = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?/[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?"
_NAMES_BASE = r'"(?:[A-Za-z_]*_name_or_path|base_model|[A-Za-z_]*_tower)"'
"""Keys of a config that name what it was made from; code from elsewhere (`auto_map`) is asked for apart."""

_TAKEN = {"card": "c", "config": "cfg", "st": "s", "gguf": "g"}
"""The columns that hold texts of JSON, and where what is taken out of each goes."""
_ODDLY = r"\\u00[2-7]|,\s*[\]}]|(?:^|[:,\[])\s*-?(?i:nan|inf)"
"""ASCII letters as escapes, which no pattern sees; commas and words that DuckDB takes and Python refuses."""


def _paths(keys: tuple[str, ...]) -> str:
    return "[" + ", ".join(text(f'$."{key}"') for key in keys) + "]"


def at(key: str) -> str:
    """What a card has under a key, as JSON."""
    return f"c[{CARD.index(key) + 1}]"


def config(key: str) -> str:
    """What a config has under a key, as JSON."""
    return f"cfg[{CONFIG.index(key) + 1}]"


def pieces(form: str, written: tuple[str, ...] = tuple(_TAKEN)) -> str:
    """Every row with what the families need of it, each JSON text parsed once or twice.

    `again` says of a row that some cell of those `written` must be spelt anew, as `spelt_anew` has it; such
    a row is kept `whole`.
    """
    otherwise = " or ".join(_otherwise(cell, _TAKEN[cell]) for cell in written) or "false"
    return f"create or replace temp table sweep_pieces as {_pieces(form, otherwise)}"


def to_spell(written: tuple[str, ...]) -> str:
    """The cells of the rows that must be taken apart again: `row`, and each of those written."""
    cells = ", ".join(f"whole.{name}" for name in written)
    return f"select row, {cells} from sweep_pieces where again"


def again(written: tuple[str, ...]) -> tuple[str, str]:
    """The rows of the table `sweep_spelt` taken apart again, in the place of what they were."""
    cells = ", ".join(f"s.{name} as {name}" for name in written)
    spelt = f"select whole.* replace ({cells}) from sweep_pieces p join sweep_spelt s on s.row = p.row"
    return f"insert into sweep_pieces {_pieces(spelt, 'false')}", "delete from sweep_pieces where again"


def _pieces(form: str, otherwise: str) -> str:
    return f"""with form as ({form}),
parsed as (
  select * replace (coalesce(id, '') as id),
    case when not regexp_full_match(card, '\\s*null\\s*')
      then try(json_extract(card, {_paths(CARD)})) end as c,
    case when c is not null then json_keys(card) end as card_keys,
    try(json_extract(config, {_paths(CONFIG)})) as cfg,
    try(json_extract(st, ['$.total', '$.parameters'])) as s,
    try(json_extract(gguf, ['$.total', '$.architecture'])) as g,
    list_filter(tags, lambda t: regexp_matches(t, {text(_TAGS)})) as looked_at,
    case when len(looked_at) <= {MAX_TAGS} then looked_at end as t,
    array_to_string(paths, {SEPARATOR}) as joined
  from form
)
select row, id, lower(id) as key, model_id, created, modified, library, task, gated, downloads,
  c, cfg, s, g, t,
  list_filter(card_keys, lambda k: {_odd("k")}) as odd,
  c is not null and coalesce(len(odd), 0) <= {MAX_ODD} as known,
  not known and not coalesce(regexp_full_match(card, '\\s*null\\s*'), true) as broken,
  case when c is not null and (regexp_matches(card, {text(sieve.base_keys())})
    or len(regexp_extract_all(card, {text(sieve.base_model_keys())}))
      > case when {at("base_model")} is null then 0 else 1 end) then card end as hints,
  case when json_type({at("base_model")}) <> 'NULL' then {at("base_model")} end as base,
  case when known and len(odd) > 0 then list_transform(list_filter(
    list_zip(card_keys, json_extract(card, '$.*')), lambda x: {_odd("x[1]")}),
    lambda x: {{'k': x[1], 'v': x[2]}}) end as misspelt,
  case when c is not null and contains(card, '"model-index"')
    then coalesce(list_contains(json_type(card, '$."model-index"[*].results[*]'), 'OBJECT'), false)
    else false end as results,
  case when st is not null and s is not null and contains(lower(st), 'licen') then st end as st_terms,
  case when gguf is not null and g is not null and contains(lower(gguf), 'licen') then gguf end as gguf_terms,
  case when json_type(s[2]) = 'OBJECT' then list_sort(json_keys(s[2])) end as dtypes,
  {_of_config()},
  {_listing()} as listing,
  {otherwise} as again, case when again then {{{_whole()}}} end as whole
from parsed"""


def _whole() -> str:
    return ", ".join(f"{text(each)}: {each}" for each in FORM)


def _otherwise(cell: str, taken: str) -> str:
    """Whether a cell may be read otherwise here than by Python: refused, or with keys twice or escaped."""
    keys = "card_keys" if cell == "card" else f"json_keys({cell})"
    return (
        f"case when coalesce({cell}, '') = '' then false when {taken} is null then true"
        f" when regexp_matches({cell}, {text(_ODDLY)}) then true"
        f" else len({keys}) > list_unique({keys}) end"
    )


def _odd(key: str) -> str:
    """Whether a key may be a license key spelt otherwise. No column of the row: a lambda would copy it."""
    return (
        f"{key} not in ('license', 'license_name', 'license_link') and length({key}) <= 40"
        f" and regexp_matches({key}, {text(sieve.license_keys())})"
    )


def _of_config() -> str:
    """What a config names as its base: `named` where it does so once and simply, else all of it, `naming`."""
    code = "(contains(config, 'auto_map') and contains(config, '--'))"
    return f"""len(regexp_extract_all(config, {text(_NAMES_BASE)})) as names,
  case when names > 0 then coalesce(try(json_extract(config, '$.peft.base_model_name_or_path')),
    try(json_extract(config, '$._name_or_path'))) end as name,
  coalesce(names = 1 and json_type(name) = 'VARCHAR'
    and not {code}, false) as simply,
  case when simply then json_extract_string(name, '$') end as named,
  case when cfg is not null and not simply
    and (names > 0 or {code}) then config end as naming"""


def _listing() -> str:
    """The list of files as one text: `1` or `0` (cut) and paths, or `s` and JSON where sizes are given."""
    return f"""case when paths is null then '0'
    when len(list_filter(sizes, lambda x: x is not null)) > 0
    then 's' || to_json(list_transform(paths, lambda x, i: {{'rfilename': x, 'size': sizes[i]}}))::varchar
    when len(paths) = 0 then '1'
    when list_count(paths) = len(paths) and not regexp_matches(joined, {text(_BAD_JOINED)})
      and length(joined) - length(replace(joined, {SEPARATOR}, '')) = len(paths) - 1
      and (length(joined) <= {MAX_PATH} or len(list_filter(paths, lambda p: length(p) > {MAX_PATH})) = 0)
      and ({_slashes("joined")} <= {MAX_DEPTH_OF_PATH}
        or len(list_filter(paths, lambda p: {_slashes("p")} > {MAX_DEPTH_OF_PATH})) = 0)
    then '1' || {SEPARATOR} || joined
    else '0' || {SEPARATOR} || array_to_string(
      list_filter(paths, lambda p: length(p) <= {MAX_PATH} and {_slashes("p")} <= {MAX_DEPTH_OF_PATH}
        and not regexp_matches(p, {text(_BAD)})), {SEPARATOR})
    end"""


def _slashes(path: str) -> str:
    return f"(length({path}) - length(replace({path}, '/', '')))"


_TAGS = f"^[^!-~]|^(?:license:|base_model:|dataset:)|{sieve.derived()}"
