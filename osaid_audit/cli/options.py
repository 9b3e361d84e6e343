"""Options that several commands share. Each is also read from OSAID_AUDIT_<NAME> (see `group.Command`)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from osaid_audit.cli.language import preferred
from osaid_audit.cli.outputs import STDOUT
from osaid_audit.cli.streams import Console
from osaid_audit.messages import LANGUAGES

if TYPE_CHECKING:
    from osaid_audit.pipeline.options import GatherOptions

MANY = ("jsonl", "csv", "parquet", "index")
"""Formats that only `audit` writes: one line or row a model."""

F = TypeVar("F", bound=Callable[..., Any])
_PATH = click.Path(path_type=Path)

FORMATS = ("text", "json", "markdown", "html", "spdx", "spdx-json", "fiche")
"""Spelled out here because --help must not import the renderers; a test holds both lists together."""


def _all(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """The decorators as one, listed in --help in the order given."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _renamed(*names: str, **attributes: Any) -> Callable[[F], F]:
    """An option whose parameter has another name than the option: its variable is named here too.

    `--attestation` fills `attestations` and is read from OSAID_AUDIT_ATTESTATION.
    """
    flag = next(name for name in names if name.startswith("--"))
    envvar = "OSAID_AUDIT_" + flag.removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=envvar, **attributes)


def _quiet(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Console).quiet |= value


def _verbose(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Console).verbose |= value


def _secret(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Take note of the token, so that no message can show it."""
    if value and value.strip():
        ctx.ensure_object(Console).secrets.add(value.strip())
    return value


talk = _all(
    click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_quiet, help="Only data and errors."
    ),
    click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_verbose,
        help="Say each request on stderr.",
    ),
)

language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=preferred,
    show_default="the machine's, else en",
    help="Language of the texts.",
)

spoken = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=preferred,
    show_default="the machine's, else en",
    expose_value=False,
    help="Language of notes and errors.",
)
"""For a command whose data has no language: the door has chosen it already."""

own_rules = _renamed(
    *("--rules", "rules_dir"),
    type=_PATH,
    metavar="DIR",
    help="Add your own rules and frameworks from a folder.",
)

attesting = _renamed(
    *("--attestation", "attestations"),
    type=_PATH,
    multiple=True,
    metavar="FILE",
    help="A reviewer's signed statements, see 'attest'. Repeatable.",
)

norms = _renamed(
    *("--framework", "frameworks"),
    multiple=True,
    metavar="ID",
    help="Norm to judge by; osaid-1.0 and g7-2026 if not said. Repeatable.",
)


def format_of(formats: Sequence[str]) -> Callable[[F], F]:
    """Which of these formats to write."""
    return _renamed(
        *("-f", "--format", "formats"),
        type=click.Choice(formats),
        multiple=True,
        help="Format of the report; text if not said. Repeatable: the n-th belongs to the n-th --output.",
    )


def data_format(what: str) -> Callable[[F], F]:
    """Whether a command that answers in a few lines answers in text or as JSON."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=what,
    )


growing = _all(
    _renamed(
        *("--baseline", "baseline_file"),
        type=_PATH,
        metavar="FILE",
        help="Alerts that do not fail; osaid-audit-baseline.json in the folder if there is one.",
    ),
    click.option("--update-baseline", is_flag=True, help="Write the baseline from what fails now."),
)

placing = _renamed(
    *("-o", "--output", "paths"),
    type=click.Path(path_type=str),
    multiple=True,
    metavar="FILE",
    help="Write to a file, '-' for standard output; its suffix picks the format. Repeatable.",
)

writing = _all(format_of(FORMATS), placing)

writing_many = _all(format_of((*FORMATS, *MANY)), placing)

asking = _all(
    click.option(
        "--offline",
        is_flag=True,
        envvar=["OSAID_AUDIT_OFFLINE", "HF_HUB_OFFLINE"],
        help="Open no socket: stored replies and bundled dossiers only (also HF_HUB_OFFLINE).",
    ),
    click.option(
        "--token",
        envvar=["OSAID_AUDIT_TOKEN", "HF_TOKEN"],
        callback=_secret,
        metavar="TOKEN",
        help="Hub token; also HF_TOKEN or the one `hf auth login` stored. An empty one means none.",
    ),
    click.option(
        "--endpoint",
        envvar=["OSAID_AUDIT_ENDPOINT", "HF_ENDPOINT"],
        metavar="URL",
        help="The Hub, a mirror or an enterprise Hub; also HF_ENDPOINT.",
    ),
    _renamed(
        *("--allow-host", "allow_hosts"),
        multiple=True,
        metavar="HOST",
        help="A host that may be reached although its address is private. Repeatable.",
    ),
    click.option(
        "--github-endpoint",
        metavar="URL",
        help="GitHub's API or a mirror of it, for code repositories; GITHUB_TOKEN goes to this address.",
    ),
    click.option(
        "--no-links",
        is_flag=True,
        help="Do not follow license links, nor ask for code repositories, outside the Hub.",
    ),
    click.option("--cache-dir", type=_PATH, metavar="DIR", help="Where replies are kept."),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1, 600),
        metavar="SECONDS",
        help="Give a request up after this long.",
    ),
)
"""How the Hub and other hosts are reached."""

reaching = _all(
    click.option("--revision", metavar="REV", help="Branch, tag or commit; also MODEL@REV."),
    asking,
)

demanding = _all(
    _renamed(
        *("--policy", "policy_file"),
        type=_PATH,
        metavar="FILE",
        help="Judge by a policy file: osaid-audit.toml, or a pyproject.toml with [tool.osaid-audit].",
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["not-met", "undetermined", "never"]),
        show_default="the policy's, else not-met",
        help="Which required findings make the exit code 1; beats the policy.",
    ),
    click.option(
        "--require",
        metavar="LABEL",
        help="Also exit 1 when the G7 label is below this one or undetermined; beats the policy.",
    ),
)

locking = _all(
    click.option(
        "--locked",
        is_flag=True,
        help="Also exit 1 when a license or a verdict is not as the lock file says; see docs/lock.md.",
    ),
    click.option(
        "--update-lock", is_flag=True, help="Write the lock file anew: exactly what is audited now."
    ),
    _renamed(
        *("--lock", "lock_file"),
        type=_PATH,
        metavar="FILE",
        help="The lock file; that of the policy, else osaid-audit.lock.",
    ),
)

running = click.option(
    "--run",
    "run_dir",
    type=_PATH,
    metavar="DIR",
    help="Keep what is gathered in a folder, and go on from there: what it holds is not asked for again.",
)

listing = _renamed(
    *("-r", "--list", "lists"),
    type=_PATH,
    multiple=True,
    metavar="FILE",
    help="Models from a file, one a line, '#' begins a comment. Repeatable.",
)


def auditing(day: str) -> Callable[[F], F]:
    """What every command that audits several models ends with; `day` is what it says of --as-of."""
    return _all(
        click.option(
            "--jobs",
            metavar="N",
            type=click.IntRange(1, 64),
            default=16,
            show_default=True,
            help="Models audited at once; half as many requests are in flight, 8 at least.",
        ),
        own_rules,
        attesting,
        click.option("--as-of", metavar="DATE", help=day),
        language,
        talk,
    )


saving = click.option(
    "-o", "--output", default=STDOUT, metavar="FILE", help="Where to write; standard output if not said."
)
"""For a command that writes one text in one format."""


def gather_options(**given: Any) -> "GatherOptions":
    """The options of `reaching` as those of the pipeline."""
    options = {key: value for key, value in given.items() if value is not None}
    options["links"] = not options.pop("no_links")
    # Nothing said: the token that other Hub tools of this user find. An empty one was said: none.
    options["token"] = True if given.get("token") is None else (given["token"].strip() or None)
    options["github_token"] = True
    # Likewise an empty HF_ENDPOINT is none.
    for name in ("endpoint", "github_endpoint"):
        if not options.get(name):
            options.pop(name, None)
    return cast("GatherOptions", options)
