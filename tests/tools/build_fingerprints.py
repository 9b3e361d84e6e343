"""Build rules/licenses/fingerprints.{json,bin} from texts that stay outside the repository.

    PYTHONPATH=tests:. python -m tools.build_fingerprints SHARED_FOLDER [--date 2026-11-21]

Reads `licenses-set/labels.csv`, the license texts of `corpus/index.csv`, the SPDX templates of `spdx-xml`
and the SPDX texts of a package (`pip install osslili`) and of the system, and writes hashes, ids, variants and sources: no
text. The same inputs give the same bytes.
"""

import argparse
import json
import re
import sys
from array import array
from collections import Counter
from pathlib import Path

from osaid_audit.licenses import spdx_list_version
from osaid_audit.licenses.texts import hashing, index, store, titles
from osaid_audit.licenses.texts.words import Words, same
from tools.fingerprints import sources, spdx_xml
from tools.fingerprints.compile import TooManyError, compile_tree
from tools.fingerprints.tree import OPT, TPO, Line, linear, parse

FOLDER = Path(__file__).parents[2] / "rules" / "licenses"
_AI = {"real-ai", "sc-ai"}
_MIN_WORDS = 12


class Builder:
    """Collects runs, signatures and index entries."""

    def __init__(self) -> None:
        self.runs: dict[tuple[str, ...], int] = {}
        self.known: list[dict] = []
        self.seen: dict[tuple, dict] = {}

    def add(self, name: str, text: str, variant: str, source: str) -> dict | None:
        """One more text: a way of writing a license known already when it is of the SPDX list, else a new one."""
        tree = parse(text)
        line = linear(tree)
        if len(line.words) < _MIN_WORDS:
            return None
        try:
            automaton = self._automaton(compile_tree(tree))
        except TooManyError:
            print(f"{name}: too many wordings in {source}", file=sys.stderr)
            return self._row(name)
        key = json.dumps(automaton)
        other = self.seen.get(key)
        if other is not None:
            if name not in other["ids"]:
                other["ids"].append(name)
            return other
        spdx = not name.startswith("LicenseRef-")
        row = self._row(name) if spdx else None
        if row is None:
            row = {
                "ids": [name],
                "variant": variant,
                "source": source,
                "words": line.words,
                "optional": line.optional,
                "slots": sorted(set(line.slots)),
                "pieces": pieces(line),
                "ways": [],
            }
            self.known.append(row)
        row["ways"].append(automaton)
        self.seen[key] = row
        return row

    def add_text(self, name: str, text: str, source: str) -> None:
        """A literal text: with its titles and notices left free, and as it stands in both readings."""
        row = self.add(name, titled(text, name), "text", source)
        for loose in (False, True):
            words = tuple(Words(text, loose).words)
            if row is not None and len(words) >= _MIN_WORDS and (run := self._run(words)) not in row["ways"]:
                row["ways"].append(run)

    def _row(self, name: str) -> dict | None:
        return next((each for each in self.known if each["ids"][0] == name), None)

    def _automaton(self, nodes):
        flat = []
        for edges in nodes:
            out = []
            for label, target in edges:
                out += [label if isinstance(label, int) else self._run(label), target]
            flat.append(out)
        return flat[0][0] if len(flat) == 1 and len(flat[0]) == 2 and flat[0][0] >= 0 else flat

    def _run(self, words: tuple[str, ...]) -> int:
        return self.runs.setdefault(tuple(map(same, words)), len(self.runs))

    def write(self, date: str) -> None:
        """Both files, and a line that says what is in them."""
        self.known.sort(key=lambda row: (row["ids"], row["source"]))
        names = sorted({row["source"] for row in self.known})
        arrays = {name: array(code) for name, code in store.ARRAYS}
        entries: dict[int, set[int]] = {}
        for owner, row in enumerate(self.known):
            shingles = hashing.shingles(Words(" ".join(row["words"])).prefix)
            row["blocks"] = blocks = store.block_starts(
                len(row["words"]),
                (*row["optional"], *((begin, end) for begin, end, _, _ in row["pieces"])),
                tuple(row["slots"]),
            )
            arrays["signature"].extend(index.signature(shingles[start]) for start in blocks)
            arrays["trace"].extend(packed([index.trace(each) for each in shingles]))
            for each in shingles:
                if not each & index.SAMPLED:
                    entries.setdefault(index.key(each), set()).add(owner)
        for key, owners in sorted(entries.items()):
            if len(owners) <= index.MAX_OWNERS:
                arrays["key"].extend([key] * len(owners))
                arrays["owner"].extend(sorted(owners))
        for words in self.runs:
            prefix = Words(" ".join(words)).prefix
            arrays["count"].append(len(words))
            arrays["hash"].append(prefix[-1])
            arrays["digest"].append(hashing.digest(" ".join(words)))
        if sys.byteorder == "big":
            for values in arrays.values():
                values.byteswap()
        head = {
            "about": "Hashes of the words of license texts; made by tests/tools/build_fingerprints.py.",
            "format": store.FORMAT,
            "date": date,
            "spdx_list": spdx_list_version(),
            "lengths": {name: len(values) for name, values in arrays.items()},
            "sources": names,
        }
        rows = [
            [
                row["ids"],
                row["variant"],
                names.index(row["source"]),
                len(row["words"]),
                row["optional"],
                row["slots"],
                row["pieces"],
                len(row["blocks"]),
                row["ways"],
            ]
            for row in self.known
        ]
        body = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        text = json.dumps(head, indent=1)[:-2] + f',\n "known": [\n{body}\n ]\n}}\n'
        (FOLDER / store.HEAD).write_text(text, encoding="utf-8")
        (FOLDER / store.BODY).write_bytes(b"".join(values.tobytes() for values in arrays.values()))
        size = sum((FOLDER / name).stat().st_size for name in (store.HEAD, store.BODY))
        print(
            f"{len(rows)} texts of {len({i for row in self.known for i in row['ids']})} licenses, "
            f"{len(self.runs)} runs, {sum(len(row['words']) for row in self.known)} words, {size:,} bytes"
        )
        short = Counter(min(len(words), 13) for words in self.runs)
        print("runs by length:", dict(sorted(short.items())))


def main() -> None:
    sys.setrecursionlimit(20_000)
    ask = argparse.ArgumentParser()
    ask.add_argument("shared", type=Path)
    ask.add_argument("--date", default="2026-11-21")
    args = ask.parse_args()
    build = Builder()
    for path in sorted((args.shared / "spdx-xml").glob("*.xml")):
        name = sources.known_id(path.stem)
        if name and wanted(name):
            build.add(name, spdx_xml.template(path), "template", "spdx/license-list-XML e4c1f276")
    for each in [*sources.packaged(), *sources.labelled(args.shared, {"spdx"}), *sources.system()]:
        if wanted(each.id):
            build.add_text(each.id, each.text, each.source)
    for each in [*sources.labelled(args.shared, _AI), *sources.corpus(args.shared)]:
        build.add_text(each.id, each.text, each.source)
    build.write(args.date)


def packed(halves: list[int]) -> list[int]:
    """Two numbers of four bits in a byte, the earlier one in the lower half."""
    even = [*halves, *[0] * (len(halves) % 2)]
    return [low | high << 4 for low, high in zip(even[::2], even[1::2], strict=True)]


def pieces(line: Line) -> list[tuple[int, int, int, int]]:
    """Other wordings and stretches too short for a block: place, count of words, 16 bits of their hash."""
    places = store.stretches(len(line.words), edges(line), tuple(line.slots))
    short = [
        (begin, end, tuple(line.words[begin:end])) for begin, end in places if end - begin < hashing.SHINGLE
    ]
    found = {
        (begin, end, len(words), index.signature(Words(" ".join(words)).prefix[-1]))
        if words is not None
        else (begin, end, store.A_NAME, 0)
        for begin, end, words in [*line.wordings, *short]
    }
    return sorted(found)


def edges(line: Line) -> tuple[tuple[int, int], ...]:
    """The places that may be left out or worded otherwise."""
    return (*line.optional, *((begin, end) for begin, end, _ in line.wordings))


def wanted(name: str) -> bool:
    """Every id; deprecated ones are folded or left out by the table."""
    return True


BELOW_A_TITLE = re.compile(
    r"\W*(?:version\s+[\d.]+\W*)?(?:(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"\s+(?:\d{1,2},?\s+)?\d{4}\W*)?|\W*https?://\S+\s*",
    re.IGNORECASE,
)


def titled(text: str, name: str) -> str:
    """The text with its title lines marked as what may be left out.

    These texts are labelled: a line of version and date, or an address, below their own title is theirs as well.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    count = 0
    for at, line in enumerate(lines[:12]):
        own = Words(line)
        if titles.longest(own, 0, name) < len(own) and not (count and BELOW_A_TITLE.fullmatch(line)):
            break
        count = at + 1
    head, rest = "\n".join(lines[:count]), "\n".join(lines[count:])
    return f"{OPT}{head}{TPO}\n{rest}" if head.strip() else text


if __name__ == "__main__":
    main()
