"""Models in JavaScript, other languages and Markdown; and what only looks like one there."""

import pytest
from finding import seconds, told

from osaid_audit.scan.finders import javascript, markdown, sources
from osaid_audit.scan.hits import Malformed

HUB = "import { pipeline } from '@huggingface/transformers';"
JAVASCRIPT = {
    HUB: [],
    "await pipeline('text-generation', 'acme/kiwi', { revision: 'v1' });": ["1 acme/kiwi@v1"],
    "await pipeline(\n 'text-generation',\n 'acme/kiwi',\n);": ["3 acme/kiwi"],
    f"{HUB} pipeline('fill-mask', 'kiwi-base')": ["1 kiwi-base"],
    "import { pipeline } from 'node:stream/promises';\nawait pipeline(model, target);": [],
    "const m = 'acme/kiwi';\nawait pipeline('x', m);": ["1 acme/kiwi"],
    "AutoModel.from_pretrained(MODEL);\nconst MODEL = 'acme/kiwi';": ["2 acme/kiwi"],
    "AutoModel.from_pretrained(process.env.MODEL_ID ?? 'acme/kiwi')": ["1 acme/kiwi"],
    "const MODEL = process.env.MODEL || 'acme/kiwi';\nAutoModel.from_pretrained(MODEL)": ["1 acme/kiwi"],
    "AutoModel.from_pretrained(on ? 'acme/kiwi' : 'acme/plum')": ["1 acme/kiwi", "1 acme/plum"],
    "AutoTokenizer.from_pretrained(modelId, { local: true })": ["1 ~variable"],
    "AutoTokenizer.from_pretrained(`${owner}/kiwi`)": ["1 ~variable"],
    "AutoTokenizer.from_pretrained(`acme/kiwi`)": ["1 acme/kiwi"],
    "AutoTokenizer.from_pretrained('./models/kiwi')": [],
    "hf.chatCompletion({ model: 'acme/kiwi', messages: [{ content: \"it's a/b\" }] })": ["1 acme/kiwi"],
    'new HuggingFaceInference({ model: "acme/kiwi" })': ["1 acme/kiwi"],
    "downloadFile({ repo: { type: 'dataset', name: 'acme/pears' }, revision: 'r2' })": ["1 [acme/pears@r2]"],
    "downloadFile({ repo: 'acme/kiwi', path: 'models/config.json' })": ["1 acme/kiwi"],
    "listFiles({ repo: { type: 'space', name: 'acme/demo' }, model: null })": [],
    f"{HUB}\nconst embeddingModel: string = 'acme/kiwi';": ["2 acme/kiwi"],
    "const chatModel = 'acme/kiwi';": ["1 acme/kiwi?"],
    "const modelId = 'acme/kiwi';": ["1 acme/kiwi"],
    "import OpenAI from 'openai';\nclient.create({ model: 'gpt-4o' });": ["2 ~hosted service"],
    "import OpenAI from 'openai';\nclient.create({ model: 'openai/kiwi' });": ["2 ~hosted service"],
    "import OpenAI from 'openai';\nclient.create({ model: 'acme/kiwi' });": ["2 acme/kiwi?"],
    "const x = openrouter('acme/kiwi'); // model": ["1 ~hosted service"],
    "const u = 'https://huggingface.co/acme/kiwi/resolve/abc/model.onnx';": ["1 acme/kiwi@abc"],
    "const u = `see\nhttps://huggingface.co/acme/kiwi`;": ["2 acme/kiwi?"],
    "const u = 'hf://acme/kiwi';": ["1 acme/kiwi"],
    "// const model = 'acme/kiwi'\n/* pipeline('x', 'acme/kiwi') */": [],
    "const rx = /['\"]model/; // 'acme/no'\nconst modelId = 'acme/kiwi';": ["2 acme/kiwi"],
    "const half = model / 2 / size; const modelId = 'acme/kiwi'; // '": ["1 acme/kiwi"],
    "const t = `a ${b ? `n ${model}` : ''} /* `; const modelId = 'acme/kiwi';": ["1 acme/kiwi"],
    "fetch('application/json'); const model = 'text/plain'; const d = '@acme/model';": [],
    "const path = 'models/kiwi'; const route = 'acme/kiwi';": [],
    "function pipeline(task, model) { return 'acme/kiwi' }": [],
    "const modelId = 'acme/' + name;": [],
}
LOAD = "AutoModel.from_pretrained"
FOLLOWED = {
    "import { pipeline as p } from '@huggingface/transformers';\np('x', 'acme/kiwi')": ["2 acme/kiwi"],
    "const { pipeline: p } = await import('@huggingface/transformers');\np('x', 'acme/kiwi')": [
        "2 acme/kiwi"
    ],
    "import { copy as p } from 'fs';\np('x', 'acme/kiwi') // model": [],
    f"const M = {{ a: 'acme/kiwi', b: 'acme/plum' }};\n{LOAD}(M.a)": ["1 acme/kiwi"],
    f"const M = {{ a: 'acme/kiwi', b: 'acme/plum' }};\n{LOAD}(M['b'])": ["1 acme/plum"],
    f"const M = {{\n a: 'acme/kiwi',\n b: 'acme/plum' }};\n{LOAD}(M[which])": ["2 acme/kiwi", "3 acme/plum"],
    f"const M: Record<string, string> = {{ a: 'acme/kiwi' }} as const;\n{LOAD}(M.a!)": ["1 acme/kiwi"],
    f"const M = {{ a: {{ id: 'acme/kiwi', other: 'acme/plum' }} }};\n{LOAD}(M.a.id)": ["1 acme/kiwi"],
    f"enum M {{ A = 'acme/kiwi', B = 'acme/plum' }}\n{LOAD}(M.A)": ["1 acme/kiwi"],
    f"const M = {{ a: 'acme/kiwi' }};\n{LOAD}(M.b)": ["2 ~variable"],
    f"const O = 'acme';\n{LOAD}(`${{O}}/kiwi`)": ["2 acme/kiwi"],
    f"const O = 'acme', S = '7b';\nconst m = `${{O}}/kiwi-${{S}}`;\n{LOAD}(m)": ["2 acme/kiwi-7b"],
    f"const O = 'acme/';\n{LOAD}(O + 'kiwi')": ["2 acme/kiwi"],
    f"const {{ model: m = 'acme/kiwi' }} = options;\n{LOAD}(m)": ["1 acme/kiwi"],
    f"function f({{ name = 'acme/kiwi' }} = {{}}) {{ return {LOAD}(name) }}": ["1 acme/kiwi"],
    f"class A {{ private readonly name: string = 'acme/kiwi';\n f() {{ {LOAD}(this.name) }} }}": [
        "1 acme/kiwi"
    ],
    f"const D = 'acme/kiwi';\n{LOAD}(options.model ?? D)": ["1 acme/kiwi"],
    f"{LOAD}((process.env.X || 'acme/kiwi') as string)": ["1 acme/kiwi"],
    f"const o = {{ revision: 'v1' }};\nconst R = 'v2';\n{LOAD}('acme/kiwi', o);\n{LOAD}('acme/plum', {{revision: R}})": [  # noqa: E501
        "3 acme/kiwi@v1",
        "4 acme/plum@v2",
    ],
    "const o = { model: 'acme/kiwi' };\nhf.textGeneration({ ...o, inputs: 'a' })": ["1 acme/kiwi"],
    "const o = { model: 'acme/kiwi' };\nhf.textGeneration(o)": ["1 acme/kiwi"],
    f"for (const m of ['acme/kiwi', 'acme/plum']) {{ {LOAD}(m) }}": ["1 acme/kiwi", "1 acme/plum"],
    f"const L = ['acme/kiwi'];\nawait Promise.all(L.map(async (m) => {LOAD}(m)))": ["1 acme/kiwi"],
    f"const L = [{{ id: 'acme/kiwi', path: 'acme/plum' }}];\nfor (const m of L) {LOAD}(m.id)": [
        "1 acme/kiwi"
    ],
    f"{HUB}\nconst MODELS = ['acme/kiwi'];": ["2 acme/kiwi"],
    f"{HUB}\nconst MODELS = [{{ id: 'acme/kiwi', task: 'acme/plum' }}];": ["2 acme/kiwi"],
    f"{HUB}\nconst ROUTES = ['acme/kiwi'];": [],
    f"{HUB}\npipeline({{ task: 'x', model: 'acme/kiwi' }})": ["2 acme/kiwi"],
}


@pytest.mark.parametrize("text", FOLLOWED)
def test_names_and_tables_are_followed(text):
    assert [each for each in told(javascript.find(text)) if not each.endswith("?")] == FOLLOWED[text]


HOSTILE = {
    "a table that holds itself": "const M = { ...M, a: M.a };\n" + f"{LOAD}(M.a);\n" * 300,
    "tables in tables": "".join(f"const M{n} = {{ ...M{n + 1}, ...M{n + 1} }};" for n in range(300))
    + f"{LOAD}(M0.a)",
    "loops in circles": "for (const a of b) {} for (const b of a) {}" + f"{LOAD}(a);" * 300,
    "templates in templates": "`${" * 5_000 + LOAD,
    "a wide table": "const M = {"
    + ",".join(f"k{n}: 'acme/m{n}'" for n in range(5_000))
    + "};"
    + f"{LOAD}(M[x]);" * 300,
    "a long sum": f"{LOAD}(" + "+".join(["a"] * 10_000) + ")",
    "doubling": "const a0 = 'acme/';"
    + "".join(f"const a{n + 1} = `${{a{n}}}${{a{n}}}`;" for n in range(60))
    + f"{LOAD}(a60)",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_programs_cost_little(name):
    assert seconds(javascript.find, HOSTILE[name]) < 2


@pytest.mark.parametrize("text", JAVASCRIPT)
def test_javascript(text):
    assert told(javascript.find(text)) == JAVASCRIPT[text]


def test_only_the_scripts_of_a_component_are_read():
    text = (
        "<template>\n<p>don't: modelId = 'acme/no'</p>\n</template>\n<script setup>\n"
        "const modelId = 'acme/kiwi'\n</script>\n<style>/* model */</style>\n"
    )
    assert told(javascript.find_in_scripts(text)) == ["5 acme/kiwi"]
    assert javascript.find_in_scripts("<p>modelId = 'acme/no'</p>") == []


def test_other_languages():
    rust = (
        '// "https://huggingface.co/acme/no/resolve/main/a"\n/* "hf://acme/no" */\n'
        'let a = "https://huggingface.co/acme/kiwi/resolve/v1/a.bin";\nlet b = "see https://hf.co/acme/plum";\n'
    )
    assert told(sources.find(rust)) == ["3 acme/kiwi@v1", "4 acme/plum?"]
    ruby = "# 'https://huggingface.co/acme/no/resolve/main/a'\nx = 'hf://acme/kiwi'\n"
    assert told(sources.find_ruby(ruby)) == ["2 acme/kiwi"]


def test_markdown_reads_code_by_its_language_and_links_with_doubt():
    text = (
        "# Use https://huggingface.co/acme/link\n\n```bash\n$ hf download acme/kiwi\n```\n"
        "~~~ yaml\nmodel_id: acme/plum\n~~~\n```text\nmodel_id: acme/no\n```\n"
        "```js\nconst modelId = 'acme/fig'\n"
    )
    assert told(markdown.find(text)) == ["1 acme/link?", "4 acme/kiwi", "7 acme/plum", "13 acme/fig"]


def test_what_a_bundler_made_is_skipped():
    line = "const modelId='acme/kiwi';"
    with pytest.raises(Malformed):
        javascript.find(line * 4_000)
    assert len(javascript.find(f"{line}\n" * 4_000)) == 4_000
