"""Evidence on data and code through a whole lineage: a model stands on what its bases stand on."""

from osaid_audit.gather.raw import Missed, Repository
from osaid_audit.gather.reading.data.told import INHERITED, REFUSED, layer_of
from osaid_audit.gather.reading.lineage.ancestry import Ancestry, key
from osaid_audit.gather.reading.repository.page import converts_a_base
from osaid_audit.schema.base import Fact

Layer = dict[str, Fact]
_MAX_SOURCES = 32


def with_layers(ancestry: Ancestry, own: Layer) -> Layer:
    """The subject's own facts, those on data and code combined with what its bases say (design §2.7).

    A quantization has its base's evidence; any other derivative needs its own *and* the base's, and so on
    down the chain. A refusal of any layer, a quantization's own too, holds for the whole; a base that was
    not read says nothing.
    """
    return _Layers(ancestry).combined(ancestry.subject, own)


class _Layers:
    """Each model's combined layer, made once however many models stem from it."""

    def __init__(self, ancestry: Ancestry) -> None:
        self._ancestry = ancestry
        self._made: dict[str, Layer] = {}

    def combined(self, model: Repository, own: Layer) -> Layer:
        """A model's own layer on top of those of its bases."""
        steps = self._ancestry.of(model)
        if not steps:
            return own
        under = [self._of(step.base) for step in steps]
        only_converts = converts_a_base(model)
        found = {name: each for name, each in own.items() if name not in INHERITED}
        for name in INHERITED:
            above = () if only_converts and name not in REFUSED else (own,)
            said = [layer.get(name) for layer in (*above, *under)]
            held = [each for each in said if each is not None]
            if held and (len(held) == len(said) or name in REFUSED):
                found[name] = _joined(held)
        return found

    def _of(self, base: Repository | Missed) -> Layer:
        """A circle never comes here: the step that closes it leads to nothing that was read."""
        if isinstance(base, Missed):
            return {}
        if key(base) not in self._made:
            told = layer_of(base, self._ancestry.page(base), self._ancestry.texts_behind(base))
            self._made[key(base)] = self.combined(base, told)
        return self._made[key(base)]


def _joined(held: list[Fact]) -> Fact:
    sources = dict.fromkeys(source for each in held for source in each.sources)
    return Fact(value=True, basis="stated", sources=tuple(sources)[:_MAX_SOURCES])
