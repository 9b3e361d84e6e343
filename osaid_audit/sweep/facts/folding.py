"""Listings that are the same to every reader, folded into one: a few thousand stand for millions.

SQL leaves stand-ins for what it can tell by a pattern; here the readers themselves say what a path is to
them, and paths that are the same to all of them become one. A property test holds each step to that.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.formats import extension_of, may_be_weights, may_run_code, weight_format
from osaid_audit.gather.reading.files.listing import _ADAPTER, code_files
from osaid_audit.gather.reading.files.plan import CONFIGS, LOADING_CONFIGS, is_small_config
from osaid_audit.gather.reading.files.running import _CODE as _IS_CODE
from osaid_audit.gather.reading.files.termsfiles import covers_of, side_cards, terms_role
from osaid_audit.gather.reading.files.weightfiles import _PICKLED, _SAFE
from osaid_audit.gather.reading.files.weightsets import is_checkpoint, is_whole, stem
from osaid_audit.gather.reading.sources import README
from osaid_audit.licenses.voices import is_notice

_KEPT = frozenset({README, *CONFIGS, *LOADING_CONFIGS})
_STEP = re.compile(r"(.*?)(?<![^/])checkpoint-\d{1,9}/(.*)", re.DOTALL)
_REMEMBERED = 20_000
_ABOUT_FOLDERS = frozenset({"terms", "card"})
"""Roles of files that speak of the folder they lie in: one in a folder never stands for one at the top."""
NOTHING = "x.txt"
"""Stands for files at which no reader looks."""


class _Seen(NamedTuple):
    """What a path is to the readers.

    role    `kept` as it is, `terms`, `card`, `weights`, `other` (of which one stands for all), `nothing`,
            or `both`, weights and what another role looks at: then nothing is folded
    sign    paths of one sign are the same where no folder matters
    """

    role: str
    sign: tuple[object, ...] = ()


def folded(listing: Iterable[str]) -> tuple[str, ...]:
    """A listing that gives the same facts, the same for as many listings as can be told.

    Only for listings without sizes. Sorted, each path once.
    """
    seen = {path: _seen(path) for path in listing}
    if any(each.role == "both" for each in seen.values()):
        return tuple(sorted(seen))
    deep = [path for path, each in seen.items() if each.role in _ABOUT_FOLDERS and "/" in path]
    told = _without_steps(seen) if deep else _flat(seen)
    return tuple(sorted(told)) or ((NOTHING,) if seen else ())


def standing(path: str) -> str:
    """A path that is the same to the readers where no folder matters; "" for one at which none looks."""
    seen = _seen(path)
    if seen.role == "weights":
        return ("checkpoint-1/" if seen.sign[1] else "") + str(seen.sign[0])
    if seen.role in {"kept", "both"} or (seen.role in _ABOUT_FOLDERS and "/" in path):
        return path
    return "" if seen.role == "nothing" else _STANDING.setdefault(seen.sign, path)


def is_step(path: str) -> bool:
    """Whether it is weights of a step of the training."""
    seen = _seen(path)
    return seen.role == "weights" and bool(seen.sign[1])


def _flat(seen: dict[str, _Seen]) -> Iterator[str]:
    """No folder matters but those of weights in safe and other formats: which is a copy of which."""
    weights = [path for path, each in seen.items() if each.role == "weights"]
    kinds = {weight_format(path) in _SAFE for path in weights}
    shown: dict[tuple[object, ...], str] = {}
    for path, each in seen.items():
        if each.role == "kept":
            yield path
        elif each.role not in {"nothing", "weights"}:
            shown.setdefault(each.sign, _STANDING.setdefault(each.sign, path))
    yield from shown.values()
    if len(kinds) < 2:  # noqa: PLR2004 - safe formats and others
        yield from _of_kinds(weights)
    elif any(weight_format(path.rpartition("/")[2]) != weight_format(path) for path in weights):
        yield from weights
    else:
        yield from _of_weights(weights)


def _of_kinds(weights: list[str]) -> Iterator[str]:
    """One file for each kind of weights; of the steps of a training two, where there are several."""
    signs = sorted({_seen(path).sign for path in weights}, key=repr)
    steps = sum(is_checkpoint(path) for path in weights)
    for sign in signs:
        step = "checkpoint-1/" if sign[1] else ""
        yield step + str(sign[0])
        if step and steps > 1:
            yield "checkpoint-2/" + str(sign[0])


def _of_weights(weights: list[str]) -> Iterator[str]:
    """Where names tell which file is a copy of which: one group for each set of kinds that go together."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(weights):
        groups[path.rpartition("/")[0], "" if is_whole(path) else stem(path)].append(path)
    steps = sum(is_checkpoint(path) for path in weights)
    shown = {_group(paths, whole=not name): None for (_, name), paths in groups.items()}
    for at, group in enumerate(sorted(shown)):
        again = steps > 1 and any(step or is_checkpoint(bare) for bare, step in group)
        for bare, step in group:
            yield f"{'checkpoint-1/' if step else ''}g{at}/{bare}"
            if again:
                yield f"checkpoint-2/g{at}/{bare}"


def _group(paths: list[str], *, whole: bool) -> tuple[tuple[str, bool], ...]:
    """Files of one name in one folder, one of each sign: their names and whether they lie under a step."""
    signs = {_seen(path).sign: path for path in reversed(paths)}
    alike = len({sign[1] for sign in signs}) == 1
    plain = not whole and alike and all(str(sign[0]).startswith("x.") for sign in signs)
    return tuple(
        sorted(
            (str(sign[0]), bool(sign[1])) if plain else (bare, is_checkpoint(path.removesuffix(bare)))
            for sign, path in signs.items()
            for bare in [path.rpartition("/")[2]]
        )
    )


def _without_steps(seen: dict[str, _Seen]) -> Iterator[str]:
    """Folders matter: all is kept but further checkpoints that hold the same as two others."""
    runs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path, each in seen.items():
        if each.role == "nothing":
            continue
        hit = _STEP.fullmatch(path)
        if hit is None:
            yield path
        else:
            runs[hit[1], path[len(hit[1]) : path.index("/", len(hit[1]))]].add(hit[2])
    alike: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for (before, step), held in runs.items():
        alike[before, frozenset(held)].append(step)
    number = 0
    for (before, inside), steps in sorted(alike.items(), key=lambda each: (each[0][0], sorted(each[0][1]))):
        licensed = any(terms_role(path) is not None for path in inside)
        for _ in steps if licensed else steps[:2]:
            number += 1
            yield from (f"{before}checkpoint-{number}/{path}" for path in inside)


@lru_cache(maxsize=_REMEMBERED)
def _seen(path: str) -> _Seen:
    if path in _KEPT or is_small_config(path) or path.rsplit("/", 1)[-1] == "adapter_config.json":
        return _Seen("kept")
    kind = weight_format(path)
    if kind is not None and (_is_so_by_name(path, kind) or not _is_looked_at(path)):
        return _Seen("weights", (_of_sign(path), is_checkpoint(path)))
    if kind is not None:
        return _Seen("both")
    sign: tuple[object, ...] = (*_code(path), may_run_code(path))
    role = terms_role(path)
    if role is not None:  # nobody takes terms for weights
        return _of_role(path, role, sign)
    sign = (*sign, may_be_weights(path, None))
    if _is_card(path):
        return _Seen("card", ("card", *sign))
    return _Seen("other", ("other", *sign)) if any(sign) else _Seen("nothing")


def _is_so_by_name(path: str, kind: str) -> bool:
    """Whether the name alone makes a file weights, and nothing else; folders make weights of any file."""
    return path.isascii() and kind != "archive" and weight_format(path.rsplit("/", 1)[-1]) == kind


def _is_looked_at(path: str) -> bool:
    """Whether readers look at weights for something else: terms, a card, or code."""
    return terms_role(path) is not None or _is_card(path) or any(_code(path))


def _code(path: str) -> tuple[tuple[str, ...], bool]:
    """The facts about code that a file supports, and whether loading could run it."""
    return tuple(name for name, _ in code_files([Listed(path)])), path.lower().endswith(_IS_CODE)


def _of_role(path: str, role: str, sign: tuple[object, ...]) -> _Seen:
    """A file of terms; licenses name the usage policies that are part of them."""
    if role == "policy":
        return _Seen("terms" if "/" in path else "kept")
    return _Seen("terms", ("terms", role, covers_of(path), is_notice(path), *sign))


_STANDING: dict[tuple[object, ...], str] = {}
"""For each sign the path that stands for all of it: the first that was met. There are some dozen signs."""


def _of_sign(path: str) -> str:
    """A name that is the same to the readers of weights, folder and copies aside."""
    sign = _sign(path)
    plain, bare = f"x.{extension_of(path)}", path.rsplit("/", 1)[-1]
    shown = plain if _sign(plain) == sign else bare if _sign(bare) == sign else path
    return _STANDING.setdefault(("weights", is_checkpoint(shown), *sign), shown)


@lru_cache(maxsize=_REMEMBERED)
def _sign(path: str) -> tuple[object, ...]:
    """What the readers of weights ask of a name, but for the step of a training."""
    pickled, adapter = _PICKLED.search(path) is not None, _ADAPTER.search(path) is not None
    return weight_format(path), may_run_code(path), pickled, adapter, is_whole(path)


def _is_card(path: str) -> bool:
    folder = path.rpartition("/")[0]
    beside = f"{folder}/x.safetensors" if folder else "x.safetensors"
    return bool(side_cards([Listed(path), Listed(beside)]))
