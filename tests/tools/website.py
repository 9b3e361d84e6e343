"""`make site`: the documentation as a site, by mkdocs; this file is also the hook that mkdocs calls.

What needs no file in the repository is made while building: one page per license, the words of a report, the
decisions, and the pages that lie outside docs/. Links are mended to where a page stands on the site; what is
no page (a rule file, say) keeps its words and loses its link. Broken links fail (`--strict`), and so does
anything that a built page would load from another place.
Run as a module: PYTHONPATH=tests python -m tools.website
"""

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from osaid_audit import licenses
from osaid_audit.cli.explaining import glosses
from osaid_audit.licenses import KnownEntry
from osaid_audit.render.license_terms import terms_of
from osaid_audit.render.to_markdown import escape
from osaid_audit.render.words import Words, typography
from osaid_audit.schema.base import Lang
from tools.docs_pages import table

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "site"
EXAMPLES = "reports/examples"
MOVED = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "rules/CHANGELOG.md": "rules-changelog.md",
    "rules/README.md": "rule-files.md",
    "docs/decisions/README.md": "decisions/index.md",
    f"{EXAMPLES}/README.md": "examples/index.md",
}
"""Pages from outside docs/, and of a folder that has none: repository path -> path on the site."""
FRENCH = {"demarrage.md"}
LINK = re.compile(r"(!?)\[((?:!\[[^\]]*\]\([^)\s]+\)|[^\]])*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```.*?^```[^\n]*$)", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"^([-*]|\d+\.) ")
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'"
)
"""What a page may load: the site's own files, so that no visitor is told to anybody."""


def slug(license_id: str) -> str:
    """The file name of a license's page."""
    return re.sub(r"[^a-z0-9.-]+", "-", license_id.lower().replace("+", "-plus")).strip("-")


def license_page(entry: KnownEntry) -> str:
    """What one license is and allows, in both languages."""
    other = ", ".join(f"`{name}`" for name in entry.aliases)
    parts = [f"# {escape(entry.title)}\n", f"`{entry.id}`\n", *_terms(entry, "en")]
    parts += [f"## Other names seen\n\n{other}\n"] if other else []
    return "\n".join([*parts, "## En français\n", *_terms(entry, "fr", "###")])


def _terms(entry: KnownEntry, lang: Lang, level: str = "##") -> Iterator[str]:
    for section in terms_of(entry, Words(lang)):
        lines = (f"<{line}>" if line.startswith("https://") else escape(line) for line in section.lines)
        yield f"{level} {section.heading}\n\n" + "".join(f"- {line}\n" for line in lines)


def licenses_index() -> str:
    """All licenses of the table."""
    words = Words("en")
    rows = [
        [
            f"[{escape(entry.title)}]({slug(entry.id)}.md)",
            f"`{entry.id}`",
            words.name("class", entry.cls),
            words.list("freedom", entry.breaks),
            ", ".join(f"`{name}`" for name in entry.hub_ids),
        ]
        for entry in licenses.entries()
    ]
    head = ["license", "id", "what it is", "freedoms it takes", "on the Hub"]
    told = "What each license of our table allows, and where that was read. [How to add one](../adding-a-license.md).\n"
    return f"# Licenses\n\n{told}\n{table(head, rows)}"


def words_page() -> str:
    """Every word of a report that is neither rule, license nor fact."""
    words = Words("en")
    parts = [
        "# Words of a report\n",
        "What `osaid-audit explain WORD` says, offline and in both languages.\n",
    ]
    for kind, texts in glosses.shipped().items():
        rows = [[f"`{name}`", *(_said(text[lang]) for lang in ("en", "fr"))] for name, text in texts.items()]
        head = words(f"explain.kind.{kind}")
        parts.append(f"## {head[0].upper()}{head[1:]}\n\n{table(['word', 'English', 'français'], rows)}")
    return "\n".join(parts)


def _said(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def decisions_index() -> str:
    """The decisions by number."""
    rows = []
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        rows.append(f"- [{title}]({path.name})\n")
    return f"# Decisions\n\n{''.join(rows)}"


def made() -> dict[str, str]:
    """Every page that has no file under docs/, by its path on the site."""
    pages = {
        at: (ROOT / path).read_text(encoding="utf-8") for path, at in MOVED.items() if (ROOT / path).is_file()
    }
    pages |= {
        "decisions/index.md": decisions_index(),
        "licenses/index.md": licenses_index(),
        "words.md": words_page(),
    }
    pages |= {f"licenses/{slug(entry.id)}.md": license_page(entry) for entry in licenses.entries()}
    return pages


def origin(at: str) -> str:
    """Where in the repository a page of the site comes from."""
    return next((path for path, moved in MOVED.items() if moved == at), f"docs/{at}")


def place_of(path: str) -> str | None:
    """Where a path of the repository stands on the site; None for what is not there."""
    moved = MOVED.get(path) or MOVED.get(f"{path}/README.md")
    if moved:
        return moved
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return path.removeprefix("reports/") if path.startswith(f"{EXAMPLES}/") else None


def mended(text: str, at: str) -> str:
    """The text of the page with its links as they are on the site, and room before its lists."""
    parts = FENCE.split(text)
    parts[::2] = [_with_room(LINK.sub(lambda found: _link(found, at), part)) for part in parts[::2]]
    if at in FRENCH:
        parts[::2] = map(typography, parts[::2])
    return "".join(parts)


def _link(found: re.Match[str], at: str) -> str:
    picture, words, target = found.groups()
    words = LINK.sub(lambda inner: _link(inner, at), words)
    place, _, anchor = target.partition("#")
    if not place or "://" in place or place.startswith("mailto:"):
        return found[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin(at)), place))
    there = place_of(path)
    if there is None:
        return words if (ROOT / path).exists() else found[0]
    shown = posixpath.relpath(there, posixpath.dirname(at) or ".")
    return f"{picture}[{words}]({shown}{'#' if anchor else ''}{anchor})"


def _with_room(text: str) -> str:
    """A blank line before a list that follows a paragraph: forges need none, mkdocs does."""
    lines: list[str] = []
    for line in text.split("\n"):
        before = lines[-1] if lines else ""
        if ITEM.match(line) and before.strip() and not ITEM.match(before) and not before.startswith(" "):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


class _Loads(HTMLParser):
    """Addresses that a page loads by itself; a link that a reader may follow is none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"src", "srcset", "poster", "data"} | ({"href"} if tag in {"link", "use"} else set())
        for name, value in attrs:
            if name in wanted and value and re.match(r"(https?:)?//", value.strip()):
                self.found.append(f"<{tag}> {value}")


def foreign(page: str) -> list[str]:
    """What a page would load from elsewhere."""
    reader = _Loads()
    reader.feed(page)
    style = "".join(re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL))
    return reader.found + re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", style)


def built(site: Path) -> list[str]:
    """What is wrong with the built site: foreign resources in pages and style sheets, pages without a policy."""
    wrong = []
    for path in sorted(site.rglob("*")):
        if path.suffix not in {".html", ".css"}:
            continue
        text = path.read_text(encoding="utf-8")
        found = foreign(text if path.suffix == ".html" else f"<style>{text}</style>")
        wrong += [f"{path.relative_to(site)} loads {one}" for one in found]
        if path.suffix == ".html" and "Content-Security-Policy" not in text:
            wrong.append(f"{path.relative_to(site)} has no Content-Security-Policy")
    return wrong


def anchor(heading: str, separator: str) -> str:
    """The anchor that a forge gives a heading, so that one link serves both places."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", separator)


def on_config(config: Any) -> Any:
    """Of mkdocs: the anchors of headings."""
    config.mdx_configs["toc"]["slugify"] = anchor
    return config


def on_files(files: Any, config: Any) -> Any:
    """Of mkdocs: add what is made here."""
    from mkdocs.structure.files import File

    for at, text in made().items():
        files.append(File.generated(config, at, content=text))
    for path in sorted((ROOT / EXAMPLES).glob("*")):
        if path.is_file() and path.name != "README.md":
            files.append(File.generated(config, f"examples/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Of mkdocs: the text of one page."""
    return mended(markdown, page.file.src_uri)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Of mkdocs: the finished page, with its policy and its language."""
    if page.file.src_uri in FRENCH:
        output = output.replace('<html lang="en"', '<html lang="fr"', 1)
    return _guarded(output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Of mkdocs: a page without Markdown, 404.html."""
    return _guarded(output_content) if template_name.endswith(".html") else output_content


def _guarded(page: str) -> str:
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return page.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{head}', 1)


def build(site: Path) -> subprocess.CompletedProcess[str]:
    """Run mkdocs, strictly; exit code and messages."""
    env = os.environ | {"PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT}", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def main() -> None:
    """Build and look at what was built."""
    done = build(SITE)
    if done.returncode:
        sys.stderr.write(done.stderr)
    wrong = built(SITE) if done.returncode == 0 else ["mkdocs failed"]
    for line in wrong:
        print(f"site: {line}")
    if wrong:
        raise SystemExit(1)
    pages = sum(1 for _ in SITE.rglob("*.html"))
    print(f"site: {pages} pages in {SITE.relative_to(ROOT)}; nothing is loaded from elsewhere")


if __name__ == "__main__":
    main()
