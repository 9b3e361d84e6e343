"""The SQL that folds the listings of a shard: millions of paths are some thousands of different words.

Every different path is looked at once, by patterns first and then by the readers themselves (`folding.py`),
and only then put back into its listings. So two listings that are the same to every reader are one case.
"""

from osaid_audit.sweep.database import text
from osaid_audit.sweep.facts import folding, sieve
from osaid_audit.sweep.facts.pieces import SEPARATOR


def lists() -> str:
    """The table `sweep_lists`: each listing without sizes once, with a number."""
    return """create or replace temp table sweep_lists as
select row_number() over () as n, listing
from (select distinct listing from sweep_pieces where listing[1] <> 's')"""


def words() -> str:
    """The table `sweep_words`: each path of the shard once, as short as patterns tell.

    plain   the same where no folder matters: the ending, and what of the name may be looked at
    exact   the same where folders matter
    deep    may hold terms or be a card, and lies in a folder
    safe    may be weights that hold numbers alone
    unsafe  may be weights of another format
    """
    return f"""create or replace temp table sweep_words as
with words as (select distinct p from ({_paths()}) where p <> ''),
told as (
  select p, {_plain()} as plain,
    regexp_matches(p, {text(_WEIGHTS)}) and not regexp_matches(p, {text(sieve.never_weights())}) as weights
  from words
)
select p, plain, case when weights then {_exact()} else plain end as exact, weights,
  contains(p, '/') and regexp_matches(p, {text(sieve.of_terms())}) as deep,
  regexp_matches(p, {text(sieve.safe_weights())}) as safe,
  regexp_matches(p, {text(sieve.unsafe_weights())})
    and not regexp_matches(p, {text(sieve.never_weights())}) as unsafe
from told"""


def files() -> str:
    """The table `sweep_files`: each listing with its case. Asks the answers about `plain` paths.

    Where no folder matters, a path is its stand-in; where weights of safe and other formats lie side by
    side, these are exact, as names tell which is a copy of which; where terms lie in folders, all is exact.
    """
    return f"""create or replace temp table sweep_files as
with told as (
  select n, exact, weights, deep, safe, unsafe, coalesce(stand, plain) as stand, step
  from ({_paths()}) join sweep_words using (p) join sweep_paths_answers on asked = plain
),
modes as (
  select n, bool_or(deep) as deep, bool_or(safe) and bool_or(unsafe) as mixed,
    count(*) filter (step) as steps, min(stand) filter (step) as first from told group by n
),
shown as (
  select distinct n,
    case when modes.deep or (mixed and (weights or told.unsafe)) then exact else stand end as path
  from told join modes using (n) where stand <> ''
  union all select n, 'checkpoint-2/' || first[14:] from modes where steps > 1 and not deep and not mixed
),
folded as (select n, list_sort(list_distinct(list(path))) as paths from shown group by n)
select listing, listing[1] || {SEPARATOR} || coalesce(array_to_string(paths, {SEPARATOR}),
  case when modes.n is null then '' else {text(folding.NOTHING)} end) as asked
from sweep_lists left join modes using (n) left join folded using (n)
union all select distinct listing, listing as asked from sweep_pieces where listing[1] = 's'"""


def listed() -> str:
    """Each row with the answers about its listing."""
    return """create or replace temp table sweep_listed as select p.row, a.* exclude (asked)
from sweep_pieces p join sweep_files f using (listing) join sweep_files_answers a on a.asked = f.asked"""


_WEIGHTS = f"(?i:\\.(?:{'|'.join(sieve.WEIGHTS)})$)"
_ENDING = r"regexp_extract(p, '(\.[A-Za-z0-9_]+)$', 1)"


def _paths() -> str:
    """Each path of each listing, by the number of the listing."""
    return f"select n, unnest(string_split(listing, {SEPARATOR})[2:]) as p from sweep_lists"


def _plain() -> str:
    stem = f"regexp_extract(p, {text(sieve.stems())}, 1)"
    return f"""case when regexp_matches(p, {text(sieve.watched())})
      or (length(p) > 64 and {stem} <> '')
      then regexp_replace(p, '(^|/)checkpoint-\\d{{1,9}}(/adapter_config\\.json)$', '\\1checkpoint-1\\2')
    when regexp_matches(p, {text(sieve.never_weights())}) then 'tokenizer' || {_ENDING}
    else case when regexp_matches(p, {text(sieve.checkpoint())}) then 'checkpoint-1/' else '' end
      || case when {stem} <> '' then {stem} when {_ENDING} = '' then regexp_extract(p, '[^/]*$') else 'x' end
      || {_ENDING} end"""


def _exact() -> str:
    """Numbers of pieces do not matter, nor how many there are; of steps everything may."""
    return f"""case when regexp_matches(p, {text(sieve.checkpoint())}) then p
      else regexp_replace(p, '([-_.])\\d{{5}}-of-\\d{{5}}', '\\100001-of-00001') end"""
