"""The SQL of the first pass. Composed of our own patterns and constants alone, never of what a dump holds.

Each family of facts has a query that cuts the rows of a shard down to cases: texts, the same for all rows of
which the family's readers see the same. `own.py` asks the readers once for each and joins the answers back.
"""

from osaid_audit.sweep.facts import sieve
from osaid_audit.sweep.facts.names import OWN, SWEPT

SEPARATOR = "chr(0)"
"""Between the paths of a case: no path that is read holds it."""
CARD = (
    *("license", "license_name", "license_link"),
    *("extra_gated_prompt", "extra_gated_description", "extra_gated_heading", "extra_gated_button_content"),
    *("extra_gated_fields", "extra_gated_eu_disallowed"),
    *("base_model", "base_model_relation", "library_name", "tags", "datasets"),
)
"""The keys of a card that are taken out of it together; what stands there in any other form stays behind."""
_GATES = CARD[3:9]
_CONFIG = (
    *("architectures", "_class_name", "auto_map", "custom_pipelines"),
    *("quantization_config", "quantization", "compression_config"),
)
_BAD = r"^$|^/|\x00|(?:^|/)\.\.(?:/|$)"
_BAD_JOINED = r"^$|^\x00|\x00\x00|\x00$|(?:^|\x00)/|(?:^|[/\x00])\.\.(?:[/\x00]|$)"
_ID = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?/[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?"
_MOMENT = (
    r"[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z"
)
_NAMES_BASE = r'"(?:[A-Za-z_]*_name_or_path|base_model|[A-Za-z_]*_tower)"'
"""Keys of a config that name what it was made from; code from elsewhere (`auto_map`) is asked for apart."""


def text(value: str) -> str:
    """A text of ours in SQL."""
    return "'" + value.replace("'", "''") + "'"


def _paths(keys: tuple[str, ...]) -> str:
    return "[" + ", ".join(text(f'$."{key}"') for key in keys) + "]"


def _at(key: str, keys: tuple[str, ...] = CARD, column: str = "c") -> str:
    return f"{column}[{keys.index(key) + 1}]"


def pieces(form: str) -> str:
    """Every row with what the families need of it, each JSON text parsed once or twice."""
    return f"""create or replace temp table sweep_pieces as
with form as ({form}),
parsed as (
  select * replace (coalesce(id, '') as id),
    case when not regexp_full_match(card, '\\s*null\\s*') then try(json_extract(card, {_paths(CARD)})) end as c,
    try(json_extract(config, {_paths(_CONFIG)})) as cfg,
    try(json_extract(st, ['$.total', '$.parameters'])) as s,
    try(json_extract(gguf, ['$.total', '$.architecture'])) as g,
    list_filter(tags, lambda t: regexp_matches(t, {text(_TAGS)})) as t,
    array_to_string(paths, {SEPARATOR}) as joined
  from form
)
select row, id, lower(id) as key, model_id, created, modified, library, task, gated, downloads, c, cfg, s, g, t,
  c is not null as known,
  case when c is not null then list_filter(json_keys(card), lambda k:
    k not in ('license', 'license_name', 'license_link') and length(k) <= 40
    and regexp_matches(k, {text(sieve.license_keys())})) end as odd,
  case when c is not null and (regexp_matches(card, {text(sieve.base_keys())})
    or len(regexp_extract_all(card, {text(sieve.base_model_keys())}))
      > case when {_at("base_model")} is null then 0 else 1 end) then card end as hints,
  case when c is not null and len(odd) > 0 then list_transform(odd, lambda k:
    {{'k': k, 'v': json_extract(card, '/' || replace(replace(k, '~', '~0'), '/', '~1'))}}) end as misspelt,
  case when c is not null and contains(card, '"model-index"')
    then coalesce(list_contains(json_type(card, '$."model-index"[*].results[*]'), 'OBJECT'), false)
    else false end as results,
  case when st is not null and s is not null and contains(lower(st), 'licen') then st end as st_terms,
  case when gguf is not null and g is not null and contains(lower(gguf), 'licen') then gguf end as gguf_terms,
  case when json_type(s[2]) = 'OBJECT' then list_sort(json_keys(s[2])) end as dtypes,
  len(regexp_extract_all(config, {text(_NAMES_BASE)})) as names,
  case when names > 0 then coalesce(try(json_extract(config, '$.peft.base_model_name_or_path')),
    try(json_extract(config, '$._name_or_path'))) end as name,
  coalesce(names = 1 and json_type(name) = 'VARCHAR'
    and not (contains(config, 'auto_map') and contains(config, '--')), false) as simply,
  case when simply then json_extract_string(name, '$') end as named,
  case when cfg is not null and not simply
    and (names > 0 or (contains(config, 'auto_map') and contains(config, '--'))) then config end as naming,
  case when paths is null then '0'
    when len(list_filter(sizes, lambda x: x is not null)) > 0
    then 's' || to_json(list_transform(paths, lambda x, i: {{'rfilename': x, 'size': sizes[i]}}))::varchar
    when len(paths) = 0 then '1'
    when not regexp_matches(joined, {text(_BAD_JOINED)})
      and length(joined) - length(replace(joined, {SEPARATOR}, '')) = len(paths) - 1
    then '1' || {SEPARATOR} || joined
    else '0' || {SEPARATOR} || array_to_string(
      list_filter(paths, lambda p: p is not null and not regexp_matches(p, {text(_BAD)})), {SEPARATOR})
    end as listing
from parsed"""


_TAGS = f"^[^!-~]|^(?:license:|base_model:|dataset:)|{sieve.derived()}"


def files() -> str:
    """Each listing of the shard with its case: what no reader looks at folded away."""
    stem = f"regexp_extract(p, {text(sieve.stems())}, 1)"
    ending = r"regexp_extract(p, '(\.[A-Za-z0-9_]+)$', 1)"
    folded = f"""case when regexp_matches(p, {text(sieve.watched())})
      or (length(p) > 64 and {stem} <> '')
      then regexp_replace(p, '(^|/)checkpoint-\\d{{1,9}}/adapter_config\\.json$', '\\1checkpoint-1/adapter_config.json')
    when regexp_matches(p, {text(sieve.never_weights())}) then 'tokenizer' || {ending}
    else case when regexp_matches(p, {text(sieve.checkpoint())}) then 'checkpoint-1/' else '' end
      || case when {stem} <> '' then {stem} when {ending} = '' then regexp_extract(p, '[^/]*$') else 'x' end
      || {ending} end"""
    weights = f"(?i:\\.(?:{'|'.join(sieve.WEIGHTS)})$)"
    exact = f"""case when regexp_matches(p, {text(weights)})
      and not regexp_matches(p, {text(sieve.never_weights())}) then
      case when regexp_matches(p, {text(sieve.checkpoint())}) then p
      else regexp_replace(p, '([-_.])\\d{{5}}-of-\\d{{5}}', '\\100001-of-00001') end
    else {folded} end"""
    step = f"^checkpoint-1/.*\\.(?i:{'|'.join(sieve.WEIGHTS)})$"
    return f"""create or replace temp table sweep_files as
with listings as (select distinct listing from sweep_pieces),
split as (select listing, string_split(listing, {SEPARATOR})[2:] as paths from listings where listing[1] <> 's'),
told as (
  select *, len(list_filter(paths, lambda p: regexp_matches(p, {text(sieve.of_terms())}))) > 0
    or (len(list_filter(paths, lambda p: regexp_matches(p, {text(sieve.safe_weights())}))) > 0
      and len(list_filter(paths, lambda p: regexp_matches(p, {text(sieve.unsafe_weights())})
        and not regexp_matches(p, {text(sieve.never_weights())}))) > 0) as careful
  from split
),
short as (
  select listing, careful, case when careful then list_transform(paths, lambda p: {exact})
    else list_transform(paths, lambda p: {folded}) end as kept from told
),
stepped as (
  select listing, kept, case when not careful
    then list_filter(kept, lambda p: regexp_matches(p, {text(step)})) end as steps from short
)
select listing, listing[1] || {SEPARATOR} || array_to_string(list_sort(list_distinct(case when len(steps) > 1
  then list_append(kept, 'checkpoint-2/' || steps[1][14:]) else kept end)), {SEPARATOR}) as asked from stepped
union all select listing, listing as asked from listings where listing[1] = 's'"""


def terms() -> str:
    """Each row with its case about the license."""
    gates = "{" + ", ".join(f"'{key}': {_at(key)}" for key in _GATES) + "}"
    told = "concat_ws(' ', " + ", ".join(f"{_at(key)}::varchar" for key in _GATES) + ")"
    gated = f"({' or '.join(f'{_at(key)} is not null' for key in _GATES)})"
    words = "list_distinct(regexp_extract_all(lower({}), '[a-z]+'))"
    return f"""create or replace temp table sweep_terms as
select p.row, to_json({{
  'f': a.terms, 'k': known, 'l': {_at("license")},
  'n': case when n.answer then '"{UNKNOWN}"'::json else {_at("license_name")} end,
  'u': case when u.answer then '"{UNKNOWN}"'::json else {_at("license_link")} end,
  'm': misspelt, 't': list_filter(t, lambda x: regexp_matches(x, '^license:|^[^!-~]')),
  's': st_terms, 'g': gguf_terms,
  'e': case when {gated} then {gates} end,
  'w': case when not {gated} then null
    when regexp_matches(id || {told}, '[^\\x00-\\x7f]|\\\\u') then [id]
    else list_sort(list_intersect({words.format("id")}, {words.format(told)})) end,
  'b': case when a.empty then o.declared end, 'd': case when a.empty then o.doubt end
}})::varchar as asked
from sweep_pieces p join sweep_files f using (listing) join sweep_files_answers a on a.asked = f.asked
join sweep_origins o on o.row = p.row
left join sweep_names_answers n on n.asked = {_at("license_name")}::varchar
left join sweep_links_answers u on u.asked = {_at("license_link")}::varchar"""


UNKNOWN = "sweep-unknown"
"""Stands for a license name, or the address of a license, that nobody knows."""


def unknown_names() -> str:
    """The names of licenses that cards give, each with its quotes."""
    return _texts_at("license_name")


def unknown_links() -> str:
    """The addresses of licenses that cards give, each with its quotes."""
    return _texts_at("license_link")


def _texts_at(key: str) -> str:
    return f"select distinct {_at(key)}::varchar from sweep_pieces where json_type({_at(key)}) = 'VARCHAR'"


def named() -> str:
    """The texts by which configs simply name what a model was made from."""
    return "select distinct named from sweep_pieces where named is not null"


def origin() -> str:
    """Each row with its case about bases, and its bases where they are plainly written."""
    base, relation = _at("base_model"), _at("base_model_relation")
    place = "'sweep/b' || list_position(b, lower({}))"
    short = _origin_case(base, relation, place)
    return f"""create or replace temp table sweep_origin as
with written as (
  select p.*, n.answer as called, case json_type({base}) when 'VARCHAR' then [json_extract_string({base}, '$')]
    when 'ARRAY' then json_extract_string({base}, '$[*]') end as plain,
    json_type({base}) = 'VARCHAR' or coalesce(len(list_filter(json_type({base}, '$[*]'), lambda x:
      x is distinct from 'VARCHAR')) = 0, false) as texts,
    list_filter(t, lambda x: regexp_matches(x, '^base_model:|^[^!-~]')) as tb,
    list_filter(t, lambda x: regexp_matches(x, {text(sieve.derived() + "|^[^!-~]")})) as td,
    not regexp_matches(id, '[^\\x00-\\x7f]') and regexp_matches(id, {text(sieve.packed())}) as packed
  from sweep_pieces p left join sweep_named_answers n on n.asked = p.named
),
listed as (
  select *, list_distinct(list_transform(plain, lambda x: lower(x))) as b,
    list_transform(tb, lambda x: regexp_extract(x,
      '^(base_model:(?:[a-z][a-z_-]*:)?)({_ID})$', ['rel', 'base'])) as tagged,
    contains(lower(array_to_string(tb, ' ')), 'quantized') or coalesce(contains(lower({relation}::varchar), 'quantized'), false) as packs
  from written
),
judged as (
  select *, hints is null and naming is null and (called is null or contains(called, '/'))
    and not regexp_matches(id, '[^\\x00-\\x7f]')
    and len(list_filter(tagged, lambda x: x.base = '' or not list_contains(coalesce(b, []), lower(x.base)))) = 0
    and ({base} is null or (texts and len(plain) between 1 and 50 and len(list_filter(plain, lambda x:
      length(x) > 96 or length(x) < 4 or not regexp_full_match(x, '{_ID}') or regexp_matches(x,
      '--|\\.\\.|\\.git$|\\.ipynb$|^(?i:(?:www\\.)?huggingface\\.co/|hf\\.co/)'))) = 0
      and not list_contains(b, key) and not list_contains(b, lower(coalesce(model_id, ''))))) as plainly
  from listed
)
select j.row, j.plainly, lower(called) as called, case when j.plainly then coalesce(b, []) end as bases,
  case when j.plainly then to_json({{{short}}})
  else to_json({{
    'i': id, 'o': model_id, 'b': {base}, 't': tb, 'd': td, 'r': {relation},
    'ct': {_at("tags")}, 'cl': {_at("library_name")}, 'l': library, 'p': named, 'c': naming, 'h': hints,
    'f': a.leads, 'y': dtypes, 'q': {_quantized()}
  }}) end::varchar as asked
from judged j join sweep_files using (listing) join sweep_files_answers a on a.asked = sweep_files.asked"""


def _origin_case(base: str, relation: str, place: str) -> str:
    """The case of a row whose bases are plainly ids: stand-ins for them, and for the row's own id."""
    words = f"regexp_matches({{}}::varchar, {text(_DERIVED)})"
    tags, library = _at("tags"), _at("library_name")
    return f"""'i': case when packed then 'sweep/own-gguf' else 'sweep/own' end, 'o': null,
    'b': to_json(case when {base} is null then null else list_transform(b, lambda x: {place.format("x")}) end),
    't': list_sort(list_distinct(list_transform(tagged, lambda x: x.rel || {place.format("x.base")}))),
    'd': list_sort(list_distinct(td)), 'r': {relation},
    'ct': case when not {words.format(tags)} then null when json_type({tags}) = 'ARRAY'
      then to_json(list_filter(json_extract({tags}, '$[*]'), lambda x: {words.format("x")})) else {tags} end,
    'cl': case when {words.format(library)} then {library} end,
    'l': case when {words.format("library")} then library end,
    'p': case when called is null then null when list_contains(coalesce(b, []), lower(called)) then {place.format("called")}
      when lower(called) in (key, lower(coalesce(model_id, ''))) then 'sweep/own' || case when packed then '-gguf' else '' end
      else '{OTHER}' end,
    'c': null, 'h': null, 'f': a.leads, 'y': case when packs then dtypes end, 'q': case when packs then {_quantized()} end"""


OTHER = "sweep/other"
"""Stands for an id that is neither the model's own nor one of its bases."""
_DERIVED = "(?i:merge|lora|peft|dora|adapter)|[^ -~]|\\\\u"


def _quantized() -> str:
    """The three keys of a config by which weights are packed, each as true, false, or as it is."""
    fragments = [_at(key, _CONFIG, "cfg") for key in _CONFIG[4:]]
    short = [f"case when json_type({each}) = 'OBJECT' and json_array_length(json_keys({each})::json) > 0 then 'true'::json else {each} end" for each in fragments]
    return f"[{', '.join(short)}]"


def things() -> str:
    """Each row with its case about single columns."""
    model = _at("architectures", _CONFIG, "cfg"), _at("_class_name", _CONFIG, "cfg")
    plain = r"""\[?"[A-Za-z0-9_]+"(?:,"[A-Za-z0-9_]+")*\]?"""

    def short(each: str) -> str:
        return f"case when regexp_full_match({each}::varchar, {text(plain)}) then '\"x\"'::json else {each} end"

    def truth(each: str) -> str:
        return f"case when json_type({each}) = 'OBJECT' and len(json_keys({each})) > 0 then 'true'::json else {each} end"

    def positive(each: str) -> str:
        return f"(json_type({each}) = 'UBIGINT' and {each}::varchar <> '0')"

    return f"""create or replace temp table sweep_things as
select row, to_json({{
  'l': library, 'c': {_at("library_name")}, 'a': {short(model[0])}, 'n': {short(model[1])}, 'g': {short("g[2]")},
  'r': {truth(_at("auto_map", _CONFIG, "cfg"))}, 'u': {truth(_at("custom_pipelines", _CONFIG, "cfg"))},
  'q': case when json_type(s[1]) = 'UBIGINT' then {_quantized()} end,
  'y': case when json_type(s[1]) = 'UBIGINT' then dtypes end,
  's': {positive("s[1]")}, 't': {positive("g[1]")}, 'f': a.configs, 'e': results
}})::varchar as asked
from sweep_pieces join sweep_files using (listing) join sweep_files_answers a using (asked)"""


def data() -> str:
    """Each row that names datasets with its case."""
    good = f"^{_ID}$"
    ours = _at("datasets")
    return f"""create or replace temp table sweep_data as
with told as (
  select row, {ours} as d, case json_type({ours}) when 'VARCHAR' then [json_extract_string({ours}, '$')]
    when 'ARRAY' then list_filter(list_transform(json_extract({ours}, '$[*]'), lambda x: case when json_type(x) = 'VARCHAR'
      then json_extract_string(x, '$') end), lambda x: x is not null) end as names,
    list_filter(t, lambda x: regexp_matches(x, '^dataset:|^[^!-~]')) as td
  from sweep_pieces where {ours} is not null or len(list_filter(t, lambda x: regexp_matches(x, '^dataset:|^[^!-~]'))) > 0
)
select row, to_json({{
  'd': case when len(list_filter(names, lambda x: regexp_matches(x, {text(good)}) and not regexp_matches(x, {text(_NO_DATASET)}))) > 0
    then '"sweep/data"'::json else d end,
  't': case when len(list_filter(td, lambda x: regexp_matches(x, {text("^dataset:" + good[1:])})
      and not regexp_matches(x[9:], {text(_NO_DATASET)}))) > 0 then ['dataset:sweep/data'] else td end
}})::varchar as asked from told"""


_NO_DATASET = r"^(?i:datasets/|n/a$)"


def own() -> str:
    """The table `own`: every row with the answers of its cases."""
    made = {
        "lineage.declared_base": "case when o.declared then true end",
        "lineage.undecided": "case when o.leads or o.unread or (len(o.lead_names) > 0 and not o.declared) then true end",
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
        "named_license": f"left(lower(trim(case json_type({_at('license')}) when 'VARCHAR' then"
        f" json_extract_string({_at('license')}, '$') when 'ARRAY' then case json_type({_at('license')}, '$[0]')"
        f" when 'VARCHAR' then json_extract_string({_at('license')}, '$[0]') end end)), 80)",
        "created": r"case when regexp_matches(created, '^[1-9]\d{3}-\d\d-\d\d') then try_cast(created[1:10] as date) end",
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
    return f"""create or replace table own as select {", ".join(columns)}
from sweep_pieces p join sweep_files using (listing) join sweep_files_answers f using (asked)
join sweep_origins o using (row)
join sweep_terms tc using (row) join sweep_terms_answers te on te.asked = tc.asked
join sweep_things hc using (row) join sweep_things_answers th on th.asked = hc.asked
left join sweep_data dc using (row) left join sweep_data_answers d on d.asked = dc.asked
left join sweep_tasks_answers k on k.asked = p.task
left join sweep_moments_answers m on m.asked = p.modified"""


def _plain_moment() -> str:
    return f"regexp_full_match(p.modified, {text(_MOMENT)}) and try_cast(p.modified[1:10] as date) is not null"


def moments() -> str:
    """Moments that are not plainly one as the Hub writes it."""
    return f"select distinct modified from sweep_pieces p where modified is not null and not coalesce({_plain_moment()}, false)"


_TERMS = tuple(name for name in SWEPT if name.startswith("license."))
_THINGS = (
    *("code.architecture_found", "code.inference_found", "code.inference_osi", "code.remote"),
    "documents.evaluation_results",
)
_MADE = frozenset({"lineage.declared_base", "lineage.undecided", "lineage.restricted", "lineage.broken_freedoms"})
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
