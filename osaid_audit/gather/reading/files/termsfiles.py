"""Which files of a listing hold terms, by their names alone, what each governs, and which are read.

Names are taken by whole words. A file that looks like terms is either read, or told as left unread; so the
lists err on the long side. What it governs is other than the weights only when that is certain.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.formats import extension_of, weight_format
from osaid_audit.gather.reading.words import word_set
from osaid_audit.schema.licenses import Covers

FileRole = Literal["license", "notice", "policy"]
Unread = Literal["too_large", "unsupported"]

MAX_TERMS_FILES = 16
MAX_SIDE_CARDS = 3
MAX_TERMS_BYTES = 300_000
_README = "README.md"
_CODE = word_set(
    "py pyc pyi ipynb js mjs ts sh bash bat ps1 c cc cpp cu h hpp java go rs rb php swift kt lua sql css "
    "so dll exe o a jar"
)
_DATA = word_set(
    "csv tsv jsonl parquet arrow feather lock index vocab dat db model npy whl imatrix tiktoken spm log"
)
_TEXTS = word_set("md markdown mdx txt text rst html htm")
_SETTINGS = word_set("json yaml yml xml toml ini cfg tex")
_OFFICE = word_set("pdf docx doc odt rtf pages")
_OPAQUE = word_set(
    "png jpg jpeg gif webp svg bmp ico tif tiff mp3 mp4 wav flac ogg webm gz tgz tar xz bz2 7z rar zst zip"
)
_LICENSE = re.compile(
    r"(?<!un)licen[cs]es?(?![a-z])(?![_ -]?plates?)|^copying(?:[._ -]|$)|^unlicense"
    r"|(?:^|[_ -])eula(?:[._ -]|$)|lizenz|licencias?(?![a-z])|licenz[ae](?![a-z])|licença"
    r"|licencas?(?![a-z])|licentie(?![a-z])|lisans(?![a-z])|licencj|лиценз|ліценз|许可|許可|协议|協議|授权|授權|ライセンス|利用規約|라이선스|라이센스"
    r"|رخصة|ترخيص"
)
_TERMS = re.compile(
    r"(?:^|[._ -])(?:terms|tos|cgu|(?<!annotator[._ -])agreement|restrictions?|rail(?:[+]{2})?|openrail"
    r"|rail-[ms]|conditions[_ -](?:of|d)[^.]{1,30}|nutzungs\w{1,30}|legal[_ -](?:notice|terms|info\w{0,8})"
    r"|mentions[_ -]l[eé]gales|condizioni\w{0,3}|condiciones|condições)(?:[._ -]|$)"
    r"|^(?:legal|conditions)(?:\.\w{1,8})?$"
)
_POLICY = re.compile(
    r"(?:usage|use)[_ -]?(?:policy|policies|restrictions?)|^aup(?:[._ -]|$)"
    r"|(?:acceptable|prohibited)[_ -]?use"
)
_NOTICE = re.compile(r"(?:^|[_ -])(?:notices?|copyright)(?:[._ -]|$)")
_LICENSE_FOLDER = re.compile(r"(?:model[_-]?)?licen[cs]es?|lizenzen|licencias")
_SPLIT = re.compile(r"[^a-z0-9]+")
_SAYS_LICENSE = word_set(
    "license licence licenses licences copying eula terms notice notices of use the for agreement"
)
_PLAINLY = _SAYS_LICENSE | word_set("model models weight weights code data dataset full")
_KINDS: tuple[tuple[Covers, frozenset[str]], ...] = (
    ("code", word_set("code source sourcecode src")),
    ("data", word_set("data dataset datasets corpus")),
    ("documentation", word_set("doc docs documentation")),
    (
        "other",
        word_set(
            "image images img logo logos icon icons font fonts figure figures sample samples asset assets "
            "media audio artwork screenshots demo demos third party thirdparty 3rdparty"
        ),
    ),
)
_FOLDERS: tuple[tuple[Covers, frozenset[str]], ...] = (
    ("code", word_set("code src source scripts")),
    *_KINDS[1:3],
    (
        "other",
        _KINDS[3][1] | word_set("example examples third_party third-party vendor vendored node_modules"),
    ),
)
_LICENSE_NAMES = word_set("apache mit bsd gpl lgpl cc by nc sa nd cc0 odc odbl v1 v2 v3 0 1 2 3 4 5")
_ABOUT_WEIGHTS = word_set("model models weight weights checkpoint checkpoints ckpt")
_ALSO_DATA = frozenset({"archive", "pickle", "numpy"})
_TONGUE = r"[a-z]{2,12}(?:[_-][a-z]{2,8})?"
_SIDE_CARD = re.compile(
    rf"(?:readme|model[_-]?card)(?:[_-]{{1,2}}({_TONGUE})|\.({_TONGUE})(?=\.))?(?:\.(?:md|markdown|mdx|txt|rst))?"
)
_LANGUAGES = word_set(
    "english french francais german deutsch spanish espanol italian portuguese chinese japanese korean "
    "russian arabic hindi turkish vietnamese dutch polish"
)


@lru_cache(maxsize=16_384)
def terms_role(path: str) -> FileRole | None:
    """What a path promises by its name: a license, a notice, a policy, or none of these."""
    *folders, name = _folded(path).split("/")
    extension = extension_of(name)
    if extension in _CODE or extension in _DATA or weight_format(name) not in {None, "archive"}:
        return None
    if extension in _SETTINGS or extension in _OPAQUE:
        return "license" if _is_plainly_a_license(name) else None
    if _POLICY.search(name):
        return "policy"
    in_folder = bool(folders) and any(_LICENSE_FOLDER.fullmatch(folder) for folder in folders)
    if in_folder or _LICENSE.search(name) or (_is_text(name) and _TERMS.search(name)):
        return "license"
    return "notice" if _NOTICE.search(name) else None


def terms_files(listing: Sequence[Listed]) -> tuple[Listed, ...]:
    """License-like, notice and policy files: those about the weights first, the root before its folders."""
    return _terms_files(tuple(listing))


@lru_cache(maxsize=32)
def _terms_files(listing: tuple[Listed, ...]) -> tuple[Listed, ...]:
    holding = weight_folders(listing)
    found = [file for file in listing if terms_role(file.path) is not None]
    return tuple(sorted(found, key=lambda file: _priority(file.path, holding)))


def _priority(path: str, holding: frozenset[str]) -> tuple[int, int, str]:
    covers = covers_of(path, holding)
    return (0 if covers == "weights" else 1 if covers == "code" else 2, path.count("/"), path)


def side_cards(listing: Sequence[Listed]) -> tuple[Listed, ...]:
    """Cards beside README.md: in another language or spelling at the root, or in a folder with weights."""
    return _side_cards(tuple(listing))


@lru_cache(maxsize=32)
def _side_cards(listing: tuple[Listed, ...]) -> tuple[Listed, ...]:
    named = [file for file in listing if file.path != _README and _is_card(file.path)]
    if not named:
        return ()
    folders = {folder for file in listing if _is_weights(file.path) for folder in _folders_above(file.path)}
    folders.add("")
    found = [file for file in named if file.path.rpartition("/")[0] in folders]
    return tuple(sorted(found, key=lambda file: (file.path.count("/"), file.path)))


def speaks_for_model(path: str) -> bool:
    """Whether a side card is plainly one of today: a translation, another spelling, a component's own."""
    found = _SIDE_CARD.fullmatch(path.rsplit("/", 1)[-1].lower())
    tongue = (found[1] or found[2] or "") if found else ""
    return not tongue or tongue in _LANGUAGES or len(_SPLIT.split(tongue)[0]) == 2  # noqa: PLR2004 - a language


def unread_terms(listing: Sequence[Listed]) -> tuple[tuple[Listed, Unread], ...]:
    """Terms files and side cards that are left unread on purpose, with the reason."""
    left: list[tuple[Listed, Unread]] = []
    for files, most in ((terms_files(listing), MAX_TERMS_FILES), (side_cards(listing), MAX_SIDE_CARDS)):
        reasons = [(file, unread_reason(file)) for file in files]
        left += [(file, reason) for file, reason in reasons if reason is not None]
        left += [(file, "too_large") for file, reason in reasons if reason is None][most:]
    return tuple(left)


def read_terms_files(listing: Sequence[Listed]) -> tuple[str, ...]:
    """The paths of the terms files that are read, within the cap."""
    return _readable(terms_files(listing), MAX_TERMS_FILES)


def read_side_cards(listing: Sequence[Listed]) -> tuple[str, ...]:
    """The paths of the side cards that are read, within the cap."""
    return _readable(side_cards(listing), MAX_SIDE_CARDS)


def _readable(files: Sequence[Listed], most: int) -> tuple[str, ...]:
    return tuple([file.path for file in files if unread_reason(file) is None][:most])


def unread_reason(file: Listed) -> Unread | None:
    """Why a terms file is not asked for, or None when it is."""
    if extension_of(file.path) in _OFFICE | _OPAQUE:
        return "unsupported"
    return "too_large" if (file.size or 0) > MAX_TERMS_BYTES else None


def weight_folders(listing: Sequence[Listed]) -> frozenset[str]:
    """The folders at the root that hold weights, however deep."""
    return frozenset(
        file.path.split("/", 1)[0] for file in listing if "/" in file.path and _is_weights(file.path)
    )


def covers_of(path: str, holding: frozenset[str] = frozenset()) -> Covers:
    """What a terms file governs, by its name and folders: other than the weights only when that is certain.

    A name that says one thing alone (LICENSE-CODE) decides, then the folder it lies in (data/LICENSE); a
    folder that holds weights (`holding`) is about these.
    """
    *folders, name = _folded(path).split("/")
    if extension_of(name) in _TEXTS | _OFFICE | _SETTINGS:
        name = name.rpartition(".")[0]
    words = {word for word in _SPLIT.split(name) if word} - _SAYS_LICENSE
    by_name = next((kind for kind, known in _KINDS if words and words <= known), None)
    if by_name is not None:
        return by_name
    inside = {word for folder in folders for word in (folder, *_SPLIT.split(folder))}
    if (words | inside) & _ABOUT_WEIGHTS or path.split("/", 1)[0] in holding:
        return "weights"
    by_folder = next((kind for kind, known in _FOLDERS for folder in folders if folder in known), None)
    plain = by_folder == "other" or words <= _LICENSE_NAMES
    return by_folder if by_folder and plain else "weights"


def _is_weights(path: str) -> bool:
    """Whether a file is weights and nothing that data is kept in as well."""
    return weight_format(path) not in {None, *_ALSO_DATA}


def _is_card(path: str) -> bool:
    return _SIDE_CARD.fullmatch(path.rsplit("/", 1)[-1].lower()) is not None


def _folders_above(path: str) -> tuple[str, ...]:
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[: at + 1]) for at in range(len(parts)))


def _is_text(name: str) -> bool:
    return "." not in name or extension_of(name) in _TEXTS | _OFFICE


def _is_plainly_a_license(name: str) -> bool:
    words = {word for word in _SPLIT.split(name.partition(".")[0]) if word}
    return bool(words) and words <= _PLAINLY and _LICENSE.search(name) is not None


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", path).lower()
