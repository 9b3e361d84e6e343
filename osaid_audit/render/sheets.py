"""Pages without script or outside help: the templates, their style, and the rule that lets it through."""

import base64
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from osaid_audit import resources
from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang

if TYPE_CHECKING:
    import jinja2

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,>])\s*|(?<=[:;])\s+")


def style_hash(style: str) -> str:
    """The hash by which a content security policy lets this style through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def fill(
    template: str, style: str, lang: Lang, filler: "jinja2.Environment | None" = None, **values: object
) -> str:
    """The page of a template, with the common style and its own inside; all values are escaped.

    `filler` is an `environment` to which the page added what its templates call.
    """
    from markupsafe import Markup  # noqa: PLC0415 - heavy, and only pages need it

    sheet = style_sheet(style)
    page = (filler or _environment(lang)).get_template(template)
    return page.render(style=Markup(sheet), style_hash=style_hash(sheet), **values)  # noqa: S704 - our own file


@lru_cache(maxsize=8)
def style_sheet(style: str) -> str:
    """The common style and one more, without comments and blanks: a third smaller."""
    text = _COMMENT.sub("", _read("palette.css") + _read(style))
    return _AROUND.sub(r"\1", " ".join(text.split())).strip()


@lru_cache(maxsize=16)
def _read(name: str) -> str:
    return (resources.data("templates") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=2)
def _environment(lang: Lang) -> "jinja2.Environment":
    return environment(lang)


def environment(lang: Lang) -> "jinja2.Environment":
    """What fills in the templates, in one language; a page may add what its own templates call."""
    import jinja2  # noqa: PLC0415 - heavy, and only pages need it

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"lang": lang, "t": Words(lang), "plain": plain, "http_url": http_url}
    return environment
