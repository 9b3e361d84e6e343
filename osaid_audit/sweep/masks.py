"""What a model says of itself and what bases hand on to it, as bits of one number, and back as facts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from osaid_audit import licenses
from osaid_audit.schema.base import FREEDOMS
from osaid_audit.schema.licenses import OPEN, RESTRICTED

if TYPE_CHECKING:
    import pyarrow as pa

BREAKS, DOUBT, HINTS, NO_LAYER, MADE, OWN_DOUBT = (1 << at for at in range(6))
"""Takes a freedom away; not decided; hints at bases by name; tells nothing of data; not merely converted;
undecided by what it says of its own bases."""
_FREEDOM = 6
_LIMIT = _FREEDOM + len(FREEDOMS)
PASSED = ~(MADE | OWN_DOUBT)
"""All that a model made from this one has of it."""
_ROW_KEYS = (
    "own_class",
    "own_license",
    "breaks",
    "base_unread",
    "leads",
    "converts",
    "names_data",
    "declared",
)


def masks_of(table: "pa.Table") -> Any:
    """The mask of every row: each combination of the columns is looked at once."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415

    bases = pc.greater(pc.fill_null(pc.list_value_length(table["bases"]), 0), 0)
    columns = {
        **{name: table[name] for name in ("own_class", "own_license")},
        "breaks": pc.binary_join(pc.fill_null(table["own_breaks"], [""]), " "),
        **{name: pc.fill_null(table[name], False) for name in _ROW_KEYS[3:-1]},
    }
    columns["declared"] = pc.or_(bases, columns["base_unread"])
    kinds = [one(columns[name]).dictionary_encode() for name in _ROW_KEYS]
    number, step = pa.repeat(pa.scalar(0, pa.int64()), table.num_rows), 1
    for each in kinds:
        at = pc.fill_null(each.indices, len(each.dictionary)).cast(pa.int64())
        number = pc.add(number, pc.multiply(at, step))
        step *= len(each.dictionary) + 1
    distinct = number.dictionary_encode()
    values = [[*each.dictionary.to_pylist(), None] for each in kinds]
    made = [
        _mask(dict(zip(_ROW_KEYS, _split(code, values), strict=True)))
        for code in distinct.dictionary.to_pylist()
    ]
    return pa.array(made, pa.uint32()).take(distinct.indices)


def _split(code: int, values: Sequence[list[Any]]) -> Iterator[Any]:
    for each in values:
        code, at = divmod(code, len(each))
        yield each[at]


def _mask(row: dict[str, Any]) -> int:
    """What a model says of itself, as bits."""
    cls = row["own_class"]
    breaks = cls in RESTRICTED or cls == "none"
    mask = BREAKS if breaks else 0
    mask |= 0 if (breaks or cls in OPEN) and not row["leads"] else DOUBT
    mask |= OWN_DOUBT if row["leads"] else 0
    tells = row["names_data"] or (row["declared"] and row["converts"])
    mask |= 0 if tells else NO_LAYER
    mask |= 0 if row["converts"] else MADE
    mask |= DOUBT | NO_LAYER | OWN_DOUBT if row["base_unread"] else 0
    named = set((row["breaks"] or "").split())
    mask |= sum(1 << _FREEDOM + at for at, each in enumerate(FREEDOMS) if breaks and each in named)
    held = licenses.limits_of(row["own_license"]) if cls in RESTRICTED and row["own_license"] else ()
    return mask | sum(1 << _LIMIT + at for at, each in enumerate(_limits()) if each in held)


def _limits() -> tuple[str, ...]:
    return tuple(sorted(licenses.limit_clauses()))


def handed_on(keys: Any, own: Any, above: Any) -> "pa.Table":
    """The masks as facts: true, or null for what is not known."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415

    def true(mask: Any, bit: int) -> Any:
        return pc.not_equal(pc.bit_wise_and(mask, pa.scalar(bit, pa.uint32())), pa.scalar(0, pa.uint32()))

    def known(flag: Any) -> Any:
        return pc.if_else(flag, pa.scalar(True), pa.scalar(None, pa.bool_()))

    sets = [
        [name for at, name in enumerate(FREEDOMS) if which >> at & 1] or None
        for which in range(1 << len(FREEDOMS))
    ]
    which = pc.bit_wise_and(
        pc.shift_right(above, pa.scalar(_FREEDOM, pa.uint32())), pa.scalar(len(sets) - 1, pa.uint32())
    )
    layered = pc.invert(pc.or_(true(above, NO_LAYER), true(own, NO_LAYER)))
    return pa.table(
        {
            "key": keys,
            "lineage.restricted": known(true(above, BREAKS)),
            "lineage.broken_freedoms": pa.array(sets, pa.list_(pa.string())).take(which),
            "lineage.undecided": known(pc.or_(true(above, DOUBT), true(own, OWN_DOUBT))),
            **{name: known(true(above, 1 << _LIMIT + at)) for at, name in enumerate(_limits())},
            "data.datasets_named": known(layered),
            "data.sources_listed": known(pc.and_(layered, pc.invert(true(own, MADE)))),
        }
    )


def one(column: Any) -> Any:
    """A column as one array."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column
