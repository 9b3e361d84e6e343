-- A made-up dump of the Hub, row by row, from the row's number and the seed alone (tables: synthetic.yaml).
-- Variables: seed, rows, bases (the first rows are what others build on), first and last (the rows asked for), and
-- every table of the YAML file.

-- Chance: products modulo primes with an exclusive or between them, the same in every version of DuckDB, unlike
-- hash(). Macros are copied into one another, so the argument must not stand twice.
CREATE OR REPLACE TEMP MACRO h(r, salt) AS
  xor(xor(xor(
    (r::BIGINT * 1583458089 + salt::BIGINT * 784588716 + getvariable('seed')::BIGINT * 862124063) % 2147483647, 715827883)
    * (1226874159 + salt::BIGINT * 784588716 % 1000003) % 2147483629, 1431655765)
    * 1020572353 % 2147483587, 858993459)
    * 741103597 % 2147483579;
CREATE OR REPLACE TEMP MACRO u(r, salt) AS h(r, salt) / 2147483579.0;
CREATE OR REPLACE TEMP MACRO pick(words, r, salt) AS words[1 + h(r, salt) % len(words)];
-- Ranks from 0 below `most`, each about as rare as its number is high (Zipf's law).
CREATE OR REPLACE TEMP MACRO rank_of(r, salt, most) AS (pow(most, u(r, salt)))::BIGINT - 1;
CREATE OR REPLACE TEMP MACRO letters(x) AS lower(to_base(x, 36));

-- Names. A name tells nothing of its row but the kind, as on the Hub ("-GGUF").
CREATE OR REPLACE TEMP MACRO kind_of(r) AS
  CASE WHEN r < getvariable('bases') THEN pick(getvariable('base_kinds'), r, 2) ELSE pick(getvariable('kinds'), r, 2) END;
CREATE OR REPLACE TEMP MACRO syllable(x, salt) AS pick(getvariable('syllables'), x, salt);
CREATE OR REPLACE TEMP MACRO maker(x) AS
  concat(syllable(x, 901), syllable(x, 902), CASE WHEN x % 3 = 0 THEN syllable(x, 903) END, CASE WHEN x > 400 THEN letters(x) END);
CREATE OR REPLACE TEMP MACRO author_of(r) AS
  maker(CASE WHEN u(r, 3) < 0.45 THEN rank_of(r, 4, 2 + getvariable('rows') // 12) ELSE h(r, 5) % (2 + getvariable('rows') // 4) END);
CREATE OR REPLACE TEMP MACRO stem_of(r) AS
  concat_ws('-', concat(pick(getvariable('words'), r, 6), letters(r)), pick(getvariable('sizes'), r, 7), pick(getvariable('tails'), r, 8));
CREATE OR REPLACE TEMP MACRO id_of(r) AS concat(
  author_of(r), CASE WHEN h(r, 9) % 30011 = 0 THEN '' ELSE '/' END, stem_of(r),
  CASE kind_of(r) WHEN 'gguf' THEN '-GGUF' WHEN 'packed' THEN pick(['-AWQ', '-GPTQ', '-mlx-4bit', '-exl2', '-FP8'], r, 10) ELSE '' END
);
CREATE OR REPLACE TEMP MACRO license_of(r) AS
  CASE WHEN r < getvariable('bases') THEN pick(getvariable('base_licenses'), r, 20)
       WHEN u(r, 21) < 0.006 THEN pick(getvariable('odd_licenses'), r, 22)
       ELSE pick(getvariable('licenses'), r, 20) END;
-- The base at place k: mostly one of few, often any model, sometimes one that is not in the dump.
CREATE OR REPLACE TEMP MACRO base_of(r, k) AS
  CASE WHEN u(r, 30 + k) < 0.66 THEN rank_of(r, 60 + k, getvariable('bases'))
       WHEN u(r, 30 + k) < 0.91 THEN h(r, 90 + k) % getvariable('rows')
       ELSE getvariable('rows') + rank_of(r, 120 + k, 3 + getvariable('rows') // 20) END;
CREATE OR REPLACE TEMP MACRO dataset_of(r, k) AS
  replace(pick(getvariable('datasets'), r, 150 + k), 'made',
    concat(maker(rank_of(r, 160 + k, 30000)), '/', lower(pick(getvariable('words'), rank_of(r, 170 + k, 90000), 171)), '-', letters(rank_of(r, 170 + k, 90000))));
CREATE OR REPLACE TEMP MACRO quoted(x) AS concat('"', x, '"');
CREATE OR REPLACE TEMP MACRO listed(words) AS concat('["', array_to_string(words, '", "'), '"]');
CREATE OR REPLACE TEMP MACRO file_word(r, k) AS lower(concat(syllable(h(r, 300 + k), 1), syllable(h(r, 300 + k), 2)));

CREATE OR REPLACE TEMP VIEW synthetic AS
WITH drawn AS (
  SELECT
    range AS r, kind_of(range) AS kind, id_of(range) AS id,
    range < getvariable('bases') AS is_base,
    -- Rows 2i and 2i+1 build on each other, some on themselves: cycles.
    CASE WHEN h(range // 2, 11) % 499 = 0 THEN xor(range, 1)
         WHEN h(range, 12) % 20011 = 0 THEN range
         ELSE base_of(range, 0) END AS base,
    u(range, 13) AS chance, u(range, 14) AS card_chance, u(range, 15) AS base_chance, u(range, 16) AS license_chance, u(range, 17) AS odd,
    CASE WHEN h(range, 18) % 499 = 0 THEN (h(range, 19) % 26)::INT END AS hostile,
    -- Ages: ever more models every year, from March 2022 to October 2026.
    TIMESTAMP '2022-03-02' + to_seconds((pow(u(range, 23), 0.55) * 147000000)::BIGINT) AS created,
  FROM range(getvariable('first'), getvariable('last'))
),
known AS (
  SELECT *,
    kind <> 'empty' AND (card_chance > 0.2 OR kind = 'card_only' OR is_base) AS has_readme,
    kind <> 'empty' AND card_chance > CASE WHEN is_base THEN 0.06 WHEN kind = 'card_only' THEN 0.2 ELSE 0.3 END AS has_card,
    base_chance < CASE WHEN is_base THEN 0.04 ELSE CASE kind
      WHEN 'adapter' THEN 0.92 WHEN 'adapter_steps' THEN 0.85 WHEN 'gguf' THEN 0.8 WHEN 'packed' THEN 0.85 WHEN 'merge' THEN 0.9 WHEN 'style' THEN 0.7
      WHEN 'trained' THEN 0.6 WHEN 'single' THEN 0.42 WHEN 'sharded' THEN 0.5 WHEN 'pickled' THEN 0.15 WHEN 'sentences' THEN 0.6 WHEN 'pipeline' THEN 0.25
      WHEN 'onnx' THEN 0.5 WHEN 'game' THEN 0 WHEN 'keras' THEN 0.02 ELSE 0.06 END END AS based,
    CASE kind WHEN 'merge' THEN 2 + rank_of(r, 24, 7) ELSE CASE WHEN u(r, 25) < 0.01 THEN 2 ELSE 1 END END AS parents,
    split_part(id, '/', -1) AS name,
    CASE
      WHEN kind IN ('empty', 'card_only', 'loose', 'custom') THEN NULL
      WHEN kind IN ('adapter', 'adapter_steps') THEN 'peft'
      WHEN kind IN ('pipeline', 'style') THEN CASE WHEN chance < 0.9 THEN 'diffusers' END
      WHEN kind = 'game' THEN CASE WHEN chance < 0.7 THEN 'stable-baselines3' WHEN chance < 0.9 THEN 'ml-agents' ELSE 'sample-factory' END
      WHEN kind = 'keras' THEN 'keras' WHEN kind = 'sentences' THEN 'sentence-transformers' WHEN kind = 'onnx' THEN CASE WHEN chance < 0.5 THEN 'transformers.js' ELSE 'onnx' END
      WHEN kind = 'gguf' THEN CASE WHEN chance < 0.3 THEN 'gguf' WHEN chance < 0.75 THEN 'transformers' END
      WHEN kind = 'other_library' THEN pick(getvariable('other_libraries'), r, 26)
      WHEN chance < 0.88 THEN 'transformers' WHEN chance < 0.8804 THEN concat('lib-', file_word(r, 1)) END AS library,
    CASE WHEN kind IN ('single', 'sharded', 'trained', 'pickled', 'packed', 'merge') AND chance < 0.95 OR is_base THEN pick(getvariable('architectures'), r, 27) END AS architecture,
    CASE WHEN kind = 'game' THEN 'reinforcement-learning' WHEN kind IN ('pipeline', 'style') THEN 'text-to-image' WHEN kind = 'sentences' THEN 'sentence-similarity'
         WHEN kind = 'merge' THEN 'text-generation' WHEN kind = 'empty' THEN NULL ELSE pick(getvariable('pipelines'), r, 28) END AS task,
    -- Numbers of weights: a few sizes that whole families share, and a long tail of one's own.
    CASE WHEN u(r, 29) < 0.55 THEN 1000000 * (pow(1.9, rank_of(r, 50, 18)) * 22)::BIGINT + 4096 * rank_of(r, 51, 12)
         ELSE (1000000 * exp(u(r, 52) * 9.5))::BIGINT + h(r, 53) % 4096 END AS parameters,
    1 + rank_of(r, 54, CASE WHEN kind = 'sharded' THEN 60 ELSE 4 END) AS pieces,
    1 + rank_of(r, 55, 30) AS steps,
  FROM drawn
),
parents AS (
  SELECT *,
    CASE WHEN based THEN CASE WHEN parents = 1 THEN [id_of(base)] ELSE
      -- Not a lambda: with so large a body DuckDB is a hundred times slower there.
      [id_of(base_of(r, 0)), id_of(base_of(r, 1)), id_of(base_of(r, 2)), id_of(base_of(r, 3)), id_of(base_of(r, 4)), id_of(base_of(r, 5)), id_of(base_of(r, 6)), id_of(base_of(r, 7))][:parents] END END AS base_ids,
    CASE WHEN kind IN ('adapter', 'adapter_steps', 'style') THEN 'adapter' WHEN kind IN ('gguf', 'packed', 'onnx') THEN 'quantized' WHEN kind = 'merge' THEN 'merge' ELSE 'finetune' END AS relation,
    -- Three of five who build on a model repeat its license; the others name one of their own, or none.
    CASE WHEN license_chance < CASE WHEN is_base THEN 0.93 ELSE 0.62 END
      THEN CASE WHEN based AND u(r, 56) < 0.6 THEN license_of(base) ELSE license_of(r) END END AS license,
    list_distinct(list_transform(range(CASE WHEN u(r, 57) < 0.2 THEN 1 + rank_of(r, 58, 8) ELSE 0 END), lambda k: dataset_of(r, k))) AS trained_on,
    pick(getvariable('languages'), r, 59) AS language,
    CASE WHEN u(r, 180) < 0.04 THEN concat(2200 + h(r, 181) % 400, '.', lpad((h(r, 182) % 9000 + 1000)::VARCHAR, 5, '0')) END AS paper,
    h(r, 183) % 80 = 0 AND kind <> 'empty' AS has_gate,
    -- Half of the gates are those of a house that puts one text before many models.
    CASE WHEN u(r, 286) < 0.5 THEN rank_of(r, 287, 2000) ELSE r END AS gate,
    concat(r // 7919, '-', h(r, 184) % 24, '-', h(r, 185) % 60, '-', h(r, 186) % 60, '_', file_word(r, 3)) AS run,
  FROM known
),
carded AS (
  SELECT *,
    CASE WHEN NOT has_card THEN NULL ELSE concat('{', concat_ws(', ',
      CASE WHEN license IS NULL THEN NULL
           WHEN odd < 0.004 THEN concat('"', pick(getvariable('misspelt'), r, 187), '": ', quoted(license))
           WHEN odd < 0.010 THEN concat('"license": ["', license, '"', CASE WHEN odd < 0.007 THEN concat(', "', license_of(r + 1), '"') END, ']')
           ELSE concat('"license": ', quoted(license)) END,
      CASE WHEN license = 'other' AND u(r, 188) < 0.7 OR odd > 0.999 THEN concat('"license_name": ', quoted(
        CASE WHEN u(r, 189) < 0.25 THEN concat_ws('-', file_word(rank_of(r, 190, 4000), 1), pick(getvariable('name_words'), rank_of(r, 190, 4000), 2), 'license')
             WHEN u(r, 189) < 0.5 THEN pick(getvariable('odd_licenses'), rank_of(r, 191, 40), 3)
             ELSE concat_ws(' ', name, pick(getvariable('name_words'), r, 192), pick(getvariable('name_tails'), r, 193)) END)) END,
      CASE WHEN license = 'other' AND u(r, 194) < 0.6 OR odd BETWEEN 0.97 AND 0.985 THEN concat('"license_link": ', quoted(
        CASE WHEN u(r, 195) < 0.35 THEN 'LICENSE'
             WHEN u(r, 195) < 0.7 THEN concat('https://huggingface.co/', CASE WHEN based AND u(r, 196) < 0.6 THEN base_ids[1] ELSE id END, '/blob/main/LICENSE')
             ELSE concat('https://', maker(rank_of(r, 197, 20000)), '.example/', pick(getvariable('name_words'), r, 198), '/license', h(r, 199) % 9) END)) END,
      CASE WHEN based AND u(r, 200) < 0.93 THEN concat('"base_model": ',
        CASE WHEN odd BETWEEN 0.02 AND 0.0235 THEN CASE h(r, 201) % 12
               WHEN 0 THEN concat('"https://huggingface.co/', base_ids[1], '"') WHEN 1 THEN concat('"', base_ids[1], '@main"') WHEN 2 THEN concat('{"model": "', base_ids[1], '"}')
               WHEN 3 THEN concat('"', base_ids[1], ', ', id_of(base_of(r, 1)), '"') WHEN 4 THEN '"none"' WHEN 5 THEN concat('"./output/checkpoint-', steps * 500, '"')
               WHEN 6 THEN concat('" ', upper(base_ids[1]), ' "') WHEN 7 THEN concat('"[', base_ids[1], '](https://huggingface.co/', base_ids[1], ')"') WHEN 8 THEN 'true'
               WHEN 9 THEN '"unknown"' WHEN 10 THEN concat('"', file_word(r, 4), '"') ELSE concat('["', base_ids[1], '", null, 7]') END
             WHEN len(base_ids) > 1 OR u(r, 202) < 0.4 THEN listed(base_ids) ELSE quoted(base_ids[1]) END) END,
      CASE WHEN based AND u(r, 203) < 0.03 THEN concat('"base_model_relation": ', quoted(relation)) END,
      CASE WHEN library IS NOT NULL AND u(r, 204) < 0.7 THEN concat('"library_name": ', quoted(library)) END,
      CASE WHEN task IS NOT NULL AND u(r, 205) < 0.5 THEN concat('"pipeline_tag": ', quoted(task)) END,
      CASE WHEN language IS NOT NULL THEN concat('"language": ', CASE WHEN u(r, 206) < 0.5 THEN quoted(language) ELSE listed([language]) END) END,
      CASE WHEN len(trained_on) > 0 THEN concat('"datasets": ', listed(trained_on)) END,
      CASE WHEN kind IN ('trained', 'adapter', 'merge', 'style', 'game') THEN concat('"tags": ', listed(
        CASE kind WHEN 'merge' THEN ['mergekit', 'merge'] WHEN 'style' THEN ['lora', 'diffusers', 'text-to-image'] WHEN 'game' THEN ['deep-reinforcement-learning', pick(getvariable('games'), r, 207)]
        WHEN 'adapter' THEN ['base_model:adapter', 'lora', file_word(rank_of(r, 208, 3000), 5)] ELSE ['generated_from_trainer'] END)) END,
      CASE WHEN kind IN ('trained', 'game', 'sentences') AND u(r, 209) < 0.6 THEN concat('"model-index": [{"name": ', quoted(name), ', "results": ',
        CASE WHEN u(r, 210) < 0.4 THEN '[]' ELSE concat('[{"task": {"type": ', quoted(coalesce(task, 'text-classification')), '}, "dataset": {"name": ', quoted(coalesce(trained_on[1], 'generator')),
          '}, "metrics": [{"type": "accuracy", "value": ', (h(r, 211) % 100000) / 100000.0, '}]}]') END, '}]') END,
      CASE WHEN kind IN ('style', 'single') AND u(r, 212) < 0.3 THEN concat('"widget": [{"text": "', file_word(r, 6), ' ', file_word(r, 7), '"}]') END,
      CASE WHEN has_gate AND u(r, 213) < 0.75 THEN concat('"extra_gated_prompt": "', pick(getvariable('gate_openings'), gate, 214), ' ',
        array_to_string(list_transform(range(1 + rank_of(gate, 215, CASE WHEN u(gate, 216) < 0.1 THEN 120 ELSE 8 END)), lambda k: pick(getvariable('gate_sentences'), gate, 220 + k)), ' '), '"') END,
      CASE WHEN has_gate AND u(r, 217) < 0.6 THEN concat('"extra_gated_fields": {"', pick(getvariable('gate_fields'), gate, 218), '": "text", "', pick(getvariable('gate_fields'), gate, 219), '": "checkbox"}') END
    ), '}') END AS card,
    -- What libraries write beside their weights.
    CASE kind
      WHEN 'empty' THEN [] WHEN 'card_only' THEN []
      WHEN 'single' THEN list_concat(['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'],
        CASE h(r, 230) % 5 WHEN 0 THEN ['generation_config.json', 'vocab.json', 'merges.txt'] WHEN 1 THEN ['tokenizer.model', 'generation_config.json'] WHEN 2 THEN ['vocab.txt'] WHEN 3 THEN ['pytorch_model.bin', 'vocab.txt'] ELSE [] END)
      WHEN 'sharded' THEN list_concat(['config.json', 'generation_config.json', 'model.safetensors.index.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'],
        getvariable('shards')[pieces + 1])
      WHEN 'pickled' THEN list_concat(['config.json', 'pytorch_model.bin', 'tokenizer_config.json', 'special_tokens_map.json', 'vocab.txt'],
        CASE h(r, 231) % 6 WHEN 0 THEN ['tf_model.h5', 'flax_model.msgpack'] WHEN 1 THEN ['optimizer.pt', 'scheduler.pt', 'training_args.bin'] WHEN 2 THEN ['spiece.model'] ELSE [] END)
      WHEN 'trained' THEN list_concat(['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json', 'training_args.bin', 'all_results.json', 'trainer_state.json',
        concat('runs/', run, '/events.out.tfevents.', 1640000000 + h(r, 232) % 150000000, '.', file_word(r, 8), '.', h(r, 233) % 9999, '.0')],
        CASE WHEN u(r, 234) < 0.3 THEN list_transform(range(1, 1 + steps), lambda k: concat('checkpoint-', k * (1 + h(r, 235) % 900), '/', CASE WHEN u(r, 236) < 0.3 THEN 'pytorch_model.bin' ELSE 'model.safetensors' END))
             ELSE [] END, CASE WHEN u(r, 236) < 0.25 THEN ['optimizer.pt', 'rng_state.pth', 'scheduler.pt'] ELSE [] END)
      WHEN 'adapter' THEN list_concat(['adapter_config.json', CASE WHEN chance < 0.8 THEN 'adapter_model.safetensors' ELSE 'adapter_model.bin' END],
        CASE h(r, 237) % 4 WHEN 0 THEN ['tokenizer.json', 'tokenizer_config.json', 'training_args.bin'] WHEN 1 THEN ['tokenizer.model', 'chat_template.jinja'] ELSE [] END)
      WHEN 'adapter_steps' THEN list_concat(CASE WHEN chance < 0.6 THEN ['adapter_config.json', 'adapter_model.safetensors'] ELSE [] END,
        flatten(list_transform(range(1, 1 + steps), lambda k: [concat('checkpoint-', k * (1 + h(r, 238) % 900), '/adapter_config.json'), concat('checkpoint-', k * (1 + h(r, 238) % 900), '/adapter_model.safetensors'),
          concat('checkpoint-', k * (1 + h(r, 238) % 900), '/optimizer.pt')])))
      WHEN 'gguf' THEN list_transform(range(1 + rank_of(r, 239, 16)), lambda k: concat(stem_of(r), CASE WHEN h(r, 240) % 3 = 0 THEN '-' ELSE '.' END, getvariable('quants')[1 + (h(r, 241) + k * 5) % 17], '.gguf'))
      WHEN 'pipeline' THEN list_concat(['model_index.json', 'scheduler/scheduler_config.json', 'text_encoder/config.json', 'tokenizer/vocab.json', 'unet/config.json', 'vae/config.json',
        'vae/diffusion_pytorch_model.safetensors', 'text_encoder/model.safetensors', 'unet/diffusion_pytorch_model.safetensors'],
        CASE h(r, 242) % 6 WHEN 0 THEN [concat(name, '.safetensors')] WHEN 1 THEN ['safety_checker/pytorch_model.bin', 'safety_checker/config.json'] WHEN 2 THEN ['unet/LICENSE', 'transformer/LICENSE.md'] ELSE [] END)
      WHEN 'style' THEN list_concat([CASE WHEN chance < 0.5 THEN 'pytorch_lora_weights.safetensors' ELSE concat(lower(name), '.safetensors') END],
        list_transform(range(rank_of(r, 243, 12)), lambda k: concat('images/', file_word(r, 10 + k), '.png')))
      WHEN 'game' THEN [concat(pick(['ppo', 'dqn', 'a2c', 'sac'], r, 244), '-', pick(getvariable('games'), r, 207), '.zip'), 'config.json', 'replay.mp4', 'results.json',
        concat('ppo-', pick(getvariable('games'), r, 207), '/policy.pth'), concat('ppo-', pick(getvariable('games'), r, 207), '/policy.optimizer.pth'), concat('ppo-', pick(getvariable('games'), r, 207), '/system_info.txt')]
      WHEN 'keras' THEN CASE WHEN chance < 0.5 THEN ['keras_metadata.pb', 'saved_model.pb', 'variables/variables.data-00000-of-00001', 'variables/variables.index'] ELSE ['model.keras', 'metadata.json'] END
      WHEN 'onnx' THEN ['config.json', 'onnx/model.onnx', 'onnx/model_quantized.onnx', 'tokenizer.json', 'quantize_config.json']
      WHEN 'custom' THEN list_concat(['config.json', 'model.safetensors', concat('modeling_', file_word(r, 9), '.py'), concat('configuration_', file_word(r, 9), '.py')],
        list_transform(range(rank_of(r, 245, 20)), lambda k: concat(pick(getvariable('roles'), r, 400 + k), CASE WHEN h(r, 430 + k) % 3 = 0 THEN concat('_', file_word(r, 30 + k)) ELSE '' END, '.', pick(getvariable('endings'), r, 460 + k))))
      WHEN 'sentences' THEN ['1_Pooling/config.json', 'config.json', 'config_sentence_transformers.json', 'model.safetensors', 'modules.json', 'sentence_bert_config.json', 'tokenizer.json', 'vocab.txt']
      WHEN 'packed' THEN list_concat(['config.json', 'quantize_config.json', 'tokenizer.json'], getvariable('shards')[least(pieces, 4)])
      WHEN 'other_library' THEN CASE library WHEN 'spacy' THEN ['config.cfg', 'meta.json', 'ner/model', 'tok2vec/model', concat(lower(name), '-any-py3-none-any.whl')] WHEN 'timm' THEN ['config.json', 'model.safetensors', 'pytorch_model.bin']
        WHEN 'nemo' THEN [concat(name, '.nemo')] WHEN 'sklearn' THEN ['model.pkl', 'config.json', 'confusion_matrix.png'] WHEN 'fastai' THEN ['model.pkl', 'pyproject.toml'] WHEN 'ml-agents' THEN [concat(pick(getvariable('games'), r, 207), '.onnx'), 'configuration.yaml', 'run_logs/timers.json']
        ELSE [concat(file_word(r, 11), '.pt'), 'config.yaml', 'model.ckpt'] END
      WHEN 'merge' THEN list_concat(['config.json', 'model.safetensors.index.json', 'tokenizer.json', 'tokenizer_config.json', pick(getvariable('recipes'), r, 246)], getvariable('shards')[pieces + 1])
      ELSE list_transform(range(1 + rank_of(r, 247, 40)), lambda k: concat(CASE WHEN h(r, 248) % 2 = 0 THEN concat(file_word(r, 12 + k // 4), '/') END, file_word(r, 50 + k), CASE WHEN k > 0 THEN concat('_', k * 100) END, '.', pick(getvariable('loose_endings'), r, 490 + k // 3)))
    END AS inside,
  FROM parents
),
plain AS (
  SELECT r, hostile, id, CASE WHEN contains(id, '/') THEN split_part(id, '/', 1) END AS author, created,
    least(created + to_seconds((pow(u(r, 250), 6) * 60000000)::BIGINT), TIMESTAMP '2026-11-20') AS modified, card,
    rank_of(r, 251, 40) * CASE WHEN is_base THEN 5000 ELSE 1 END AS downloads, rank_of(r, 251, 40) * (1 + h(r, 252) % 40) * CASE WHEN is_base THEN 5000 ELSE 1 END AS downloads_all,
    CASE WHEN u(r, 253) < 0.15 OR is_base THEN rank_of(r, 254, 300) ELSE 0 END AS likes,
    list_filter(list_concat(
      [library, CASE WHEN list_contains(inside, 'model.safetensors') OR kind IN ('sharded', 'pipeline') THEN 'safetensors' END, CASE WHEN kind = 'pickled' THEN 'pytorch' END, CASE WHEN kind = 'gguf' THEN 'gguf' END,
       CASE WHEN kind = 'trained' THEN 'tensorboard' END, lower(split_part(architecture, 'For', 1)), task, CASE WHEN kind = 'trained' THEN 'generated_from_trainer' END,
       CASE WHEN kind = 'merge' AND has_card THEN 'mergekit' END, CASE WHEN kind = 'style' AND has_card THEN 'lora' END, CASE WHEN u(r, 255) < 0.05 THEN concat(file_word(rank_of(r, 256, 9000), 13), ' ', file_word(rank_of(r, 257, 90), 14)) END],
      CASE WHEN has_card THEN list_concat([language, CASE WHEN odd >= 0.01 AND license IS NOT NULL THEN concat('license:', license) END], list_transform(trained_on, lambda d: concat('dataset:', d)),
        CASE WHEN based AND (odd < 0.02 OR odd > 0.0235) AND u(r, 200) < 0.93 THEN list_concat(list_transform(base_ids, lambda b: concat('base_model:', b)), list_transform(base_ids, lambda b: concat('base_model:', relation, ':', b))) ELSE [] END) ELSE [] END,
      [CASE WHEN paper IS NOT NULL AND has_readme THEN concat('arxiv:', paper) END, CASE WHEN task = 'text-generation' THEN 'text-generation-inference' END, CASE WHEN architecture IS NOT NULL THEN 'endpoints_compatible' END, 'region:us']
    ), lambda tag: tag IS NOT NULL) AS tags,
    list_sort(list_concat(['.gitattributes'], CASE WHEN has_readme THEN ['README.md'] ELSE [] END, inside,
      CASE WHEN kind <> 'empty' AND u(r, 258) < CASE WHEN is_base THEN 0.5 ELSE 0.055 END THEN list_transform(range(1 + rank_of(r, 259, 3)), lambda k: CASE WHEN h(r, 260 + k) % 25 = 0 THEN concat('LICENSE-', file_word(r, 20 + k), '.txt') ELSE pick(getvariable('terms_files'), r, 263 + k) END) ELSE [] END,
      CASE WHEN kind IN ('adapter', 'trained', 'single') AND u(r, 267) < 0.02 THEN [pick(getvariable('recipes'), r, 268)] ELSE [] END,
      CASE WHEN u(r, 269) < 0.03 THEN [concat(file_word(r, 22), '.png'), concat(pick(getvariable('roles'), r, 270), '.', pick(getvariable('endings'), r, 271))] ELSE [] END)) AS files,
    CASE WHEN kind IN ('adapter', 'adapter_steps') THEN concat('{"peft": {"base_model_name_or_path": ', quoted(CASE WHEN based AND u(r, 272) < 0.93 THEN base_ids[1] WHEN u(r, 273) < 0.5 THEN concat('./models/', file_word(r, 23)) ELSE id_of(base_of(r, 2)) END), ', "task_type": "CAUSAL_LM"}}')
         WHEN kind = 'pipeline' THEN '{"diffusers": {"_class_name": "StableDiffusionPipeline"}}'
         WHEN architecture IS NOT NULL THEN concat('{"architectures": [', quoted(architecture), '], "model_type": ', quoted(lower(split_part(architecture, 'For', 1))),
           CASE WHEN kind = 'custom' THEN concat(', "auto_map": {"AutoModel": "modeling_', file_word(r, 9), '.Model"}') END,
           CASE WHEN kind = 'packed' THEN ', "quantization_config": {"quant_method": "awq", "bits": 4}' END,
           CASE WHEN u(r, 274) < 0.008 THEN concat(', "_name_or_path": ', quoted(id_of(base_of(r, 3)))) END,
           ', "tokenizer_config": {"bos_token": "<s>", "eos_token": "</s>", "pad_token": null',
           CASE WHEN task = 'text-generation' THEN concat(', "chat_template": "{% for message in messages %}{{ message.role }}: {{ message.content }}', pick(['<|end|>', '</s>', '<|im_end|>', '<turn>'], r, 275), '{% endfor %}"') END, '}}') END AS config,
    CASE WHEN len(list_filter(inside, lambda f: ends_with(f, '.safetensors'))) > 0 AND kind NOT IN ('adapter_steps', 'pipeline', 'loose') AND u(r, 276) < 0.96 THEN {
      'parameters': {'BF16': CASE WHEN h(r, 277) % 3 = 0 THEN parameters END, 'F32': CASE WHEN h(r, 277) % 3 = 1 THEN parameters END, 'F16': CASE WHEN h(r, 277) % 3 = 2 THEN parameters END, 'I32': CASE WHEN kind = 'packed' THEN parameters // 8 END},
      'total': parameters + CASE WHEN kind = 'packed' THEN parameters // 8 ELSE 0 END} END AS safetensors,
    CASE WHEN kind = 'gguf' AND u(r, 278) < 0.9 THEN {'total': parameters, 'architecture': pick(['llama', 'gemma2', 'phi3', 'mamba', 'bert', 'starcoder2'], r, 279), 'context_length': (2048 << (h(r, 280) % 7))::BIGINT} END AS gguf,
    library, task,
    CASE WHEN based AND has_card AND u(r, 200) < 0.93 THEN {'relation': relation, 'models': list_transform(base_ids, lambda b: {'_id': substr(md5(b), 1, 24), 'id': b})} END AS base_models,
  FROM carded
),
-- One row of 500 is hostile, each in one of 26 ways; one cell in a large dump has 10 MB.
spoilt AS (
  SELECT * REPLACE (
    CASE hostile WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN concat('"><script>alert(', r, ')</script>') WHEN 3 THEN concat('../', id) WHEN 4 THEN lower(id_of(r - 1)) WHEN 5 THEN concat(id, chr(0), chr(8238), 'x') ELSE id END AS id,
    CASE WHEN r * 2 = getvariable('rows') AND r >= 500000 THEN concat('{"license": "other", "license_name": "', repeat('ten megabytes ', 714286), '"}')
      ELSE CASE hostile
      WHEN 6 THEN '{"license": "mit", "base_model"' WHEN 7 THEN '["license", "mit"]' WHEN 8 THEN '{"license": {"id": "mit"}, "base_model": 7, "tags": "text"}'
      WHEN 9 THEN '{"license": "''; DROP TABLE models; --", "license_name": "1; SELECT * FROM secrets"}' WHEN 10 THEN '{"license": "other", "license_name": "<img src=x onerror=alert(1)>", "license_link": "javascript:alert(1)"}'
      WHEN 11 THEN '{"license": "other", "license_name": "a\u0000b\u202e\ud800\u001b[31m", "base_model": "a/b\u0000c"}' WHEN 12 THEN concat('{"base_model": [', array_to_string(list_transform(range(500), lambda k: quoted(concat('many/', letters(r + k)))), ', '), ']}')
      WHEN 13 THEN concat('{"license": "other", "license_name": "', repeat('long ', 2000 + 20 * (h(r, 281) % 1000)), '"}') WHEN 14 THEN concat('{"license": "other", "extra_gated_prompt": "', repeat('You agree to this and to that. ', CASE WHEN h(r, 282) % 20 = 0 THEN 33000 ELSE 3300 END), '"}')
      WHEN 15 THEN concat(repeat('{"a": ', 2000), '1', repeat('}', 2000)) WHEN 16 THEN '{"license": "mit", "license": "cc-by-nc-4.0", "base_model": null}' WHEN 17 THEN pick(['null', 'true', '12', '""', '{}', '[]', '   '], r, 283)
      WHEN 18 THEN '{"license": ["apache-2.0", {"x": 1}, null, 3], "license_link": 5, "extra_gated_prompt": ["a", "b"], "datasets": {"a": 1}, "model-index": "none"}' ELSE card END END AS card,
    CASE hostile WHEN 19 THEN list_transform(range(3000), lambda k: concat('tag ', k)) WHEN 20 THEN ['license:''); DELETE FROM own; --', '<b>bold</b>', concat('base_model:', chr(8238), 'drow/x'), NULL, '', 'base_model:finetune:'] ELSE tags END AS tags,
    CASE hostile WHEN 21 THEN ['../../etc/passwd', '', NULL, concat('a', chr(0), 'b.safetensors'), '/absolute.bin', '<script>.gguf', repeat('deep/', 400), 'model.safetensors'] WHEN 22 THEN NULL ELSE files END AS files,
    CASE hostile WHEN 23 THEN pick(['{"architectures": ', '[]', '7', '{"architectures": {"a": 1}, "peft": [1]}', '"text"'], r, 284) WHEN 24 THEN concat(repeat('[', 5000), repeat(']', 5000)) ELSE config END AS config,
    CASE hostile WHEN 25 THEN {'parameters': NULL, 'total': pick([0, -1, 9223372036854775807], r, 285)} ELSE safetensors END AS safetensors,
    CASE hostile WHEN 22 THEN NULL WHEN 20 THEN '<svg onload=alert(1)>' WHEN 19 THEN repeat('l', 9000) ELSE library END AS library,
    CASE hostile WHEN 25 THEN TIMESTAMP '1970-01-01' WHEN 24 THEN NULL WHEN 23 THEN TIMESTAMP '2261-12-31' ELSE created END AS created
  ) FROM plain
)
SELECT id, author, created AS "createdAt", modified AS "lastModified", card AS "cardData", downloads, downloads_all AS "downloadsAllTime", likes, tags,
  files AS siblings, config, safetensors, gguf, library AS library_name, task AS pipeline_tag, base_models AS "baseModels"
FROM spoilt;
