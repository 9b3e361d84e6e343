"""Summary -> one HTML page that reads and prints without scripts and asks nobody for anything."""

from osaid_audit.render.figures import Numbers
from osaid_audit.render.safe import plain, prose
from osaid_audit.render.sheets import fill
from osaid_audit.render.sweep.plots import LONGEST, Plot, Plots
from osaid_audit.render.words import Words, language
from osaid_audit.schema.sweep import InputFile, MissingColumn, Norm, Summary, Unread


def summary_page(summary: Summary, lang: str) -> str:
    """The figures of a sweep as one page. Raises UsageError for an unknown language."""
    speaks = language(lang)
    return fill("sweep.html", "many.css", speaks, page=Page(summary, Words(speaks)))


class Page:
    """The page as the template sees it."""

    def __init__(self, found: Summary, words: Words) -> None:
        self.found = found
        self._words = words
        self.numbers = Numbers(words.lang)
        self._plots = Plots(found, words)

    @property
    def title(self) -> str:
        """How many models were swept."""
        return self._count("sweep.title", self.found.models)

    def _count(self, key: str, n: int, **values: object) -> str:
        """A counted phrase with the number as the language writes it."""
        return self._words.count(key, n, told=self.numbers.whole(n), **values)

    @property
    def tiles(self) -> list[tuple[str, str, str, str]]:
        """The few figures that answer first: key, figure, share, what it counts."""
        found, words = self.found, self._words
        told = [("undetermined", found.undetermined, words("sweep.tile.undetermined"))]
        if found.licenses:
            own = sum(each.own for each in found.licenses)
            told.insert(0, ("own", own, words("sweep.tile.own")))
        told.insert(len(told) - 1, ("inherited", found.inherited, words("sweep.tile.inherited")))
        return [
            (key, self.numbers.whole(n), self.numbers.percent(n, found.models), said) for key, n, said in told
        ]

    @property
    def plots(self) -> list[Plot]:
        """The figures of all models."""
        return self._plots.every()

    @property
    def waits(self) -> list[Plot]:
        """The figures of the undetermined."""
        return self._plots.undetermined()

    @property
    def undetermined(self) -> str:
        """How many are undetermined, in a sentence."""
        found = self.found
        share = self.numbers.percent(found.undetermined, found.models)
        return self._count("sweep.undetermined.lead", found.undetermined, share=share)

    @property
    def about(self) -> list[tuple[str, str]]:
        """Which dump was judged by which rules, and how long it took."""
        found, words = self.found, self._words
        day = plain(found.day, LONGEST) if found.day else words("sweep.day.unknown")
        return [
            (words("sweep.day"), day),
            (words("meta.as_of"), plain(found.as_of, LONGEST)),
            (words("meta.rules"), plain(found.rules.version)),
            (words("meta.rules_sha256"), plain(found.rules.sha256)),
            (words("sweep.effort"), self._effort),
            (words("meta.tool"), plain(f"{found.tool.name} {found.tool.version}")),
        ]

    @property
    def _effort(self) -> str:
        found, numbers = self.found, self.numbers
        took = self._words("sweep.seconds", seconds=numbers.seconds(found.seconds))
        told = [took, self._count("sweep.shards", found.shards)]
        if found.seconds > 0:
            told.append(self._count("sweep.rate", round(found.models / found.seconds)))
        return ", ".join(told)

    def input(self, file: InputFile) -> str:
        """A file of the dump with its rows."""
        return self._words.pair(plain(file.name), self._count("sweep.rows", file.rows))

    def norm(self, norm: Norm) -> str:
        """A framework and which reading of it."""
        title = prose(self._words.say(norm.title))
        return self._words("meta.reading", title=title, version=plain(norm.version))

    def verdicts(self, norm: Norm) -> list[tuple[str, str, str]]:
        """What it answered: verdict, models, share."""
        whole = sum(norm.verdicts.values())
        return [
            (self._verdict(name), self.numbers.whole(n), self.numbers.percent(n, whole))
            for name, n in sorted(norm.verdicts.items(), key=lambda item: -item[1])
        ]

    def _verdict(self, name: str) -> str:
        family = "verdict" if self._words.has(f"verdict.{name}") else "rung"
        said = "page.conforms" if name == "conforms" else f"{family}.{name}"
        told = self._words(said) if self._words.has(said) else plain(name, LONGEST)
        return told[:1].upper() + told[1:]

    def column(self, missing: MissingColumn) -> tuple[str, str]:
        """A column that is not there, and the facts that nobody knows for want of it."""
        facts = ", ".join(plain(fact, LONGEST) for fact in missing.facts)
        return plain(missing.column, LONGEST), facts

    @property
    def repeated(self) -> str:
        """How many ids stand there twice; empty when none does."""
        return self._count("sweep.repeated", self.found.repeated) if self.found.repeated else ""

    def unread(self, unread: Unread) -> str:
        """Rows that could not be read: how many, why, and the first of them."""
        told = self._words.pair(
            self._count("sweep.rows", unread.n), prose(self._words.say(unread.why)).rstrip(".")
        )
        rows = ", ".join(self.numbers.whole(row) for row in unread.rows)
        return f"{told} ({self._words('sweep.rows.first', rows=rows)})" if rows else told
