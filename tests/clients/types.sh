#!/usr/bin/env bash
# Makes types of every schema with two generators, compiles them, and reads every report that `reports.sh` wrote with them:
# quicktype for TypeScript, which checks each value that it reads, and datamodel-code-generator for Python's pydantic.
#
#     NODE_PATH=node_modules tests/clients/types.sh schema OUT
#
# Needs: npm install quicktype@23 typescript@5; python3 -m pip install datamodel-code-generator pydantic
# PYTHON names another Python. It takes about two minutes.
set -euo pipefail
schemas=$(realpath "$1")
out=$(realpath "$2")
python=${PYTHON:-python3}
bin=$(realpath "${NODE_PATH:-node_modules}")/.bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONWARNINGS=ignore
declare -A types=([report]=DebtReport [lines]=DebtLines [plan]=DebtPlan [fix]=DebtFix [audit]=DebtAudit
    [explain]=DebtExplanation [errors]=DebtErrors [jsonl]=DebtFactor)

cat >read.cjs <<'JS'
const fs = require('fs');
const [code, type, ...files] = process.argv.slice(2);
const { Convert } = require(code);
for (const file of files) {
  const text = fs.readFileSync(file, 'utf8');
  for (const one of file.endsWith('.jsonl') ? text.split('\n').filter(Boolean) : [text]) {
    const read = Convert[`to${type}`](one);
    // What was read is what was written, whatever order the keys have; of a day it makes the first moment of it.
    const sorted = (value) =>
      typeof value === 'string' ? value.replace(/T00:00:00.000Z$/, '')
      : Array.isArray(value) ? value.map(sorted)
      : value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
      : value;
    const back = Convert[`${type[0].toLowerCase()}${type.slice(1)}ToJson`](read);
    if (JSON.stringify(sorted(JSON.parse(back))) !== JSON.stringify(sorted(JSON.parse(one))))
      throw new Error(`${file}: not the same when it is written again`);
  }
}
JS
cat >read.py <<'PY'
import importlib, pathlib, sys

module, name, *files = sys.argv[1:]
sys.path.insert(0, ".")
model = getattr(importlib.import_module(module), name)
for file in map(pathlib.Path, files):
    text = file.read_text()
    for one in text.splitlines() if file.suffix == ".jsonl" else [text]:
        model.model_validate_json(one)
PY

for name in "${!types[@]}"; do
    type=${types[$name]}
    "$bin/quicktype" --quiet --src-lang schema --src "$schemas/$name.schema.json" --top-level "$type" \
        --lang typescript --out "$name.ts"
    grep -q "export interface $type " "$name.ts" || { echo "no type $type for TypeScript" >&2; exit 1; }
    "$bin/tsc" --strict --target es2020 --module commonjs "$name.ts"
    node read.cjs "./$name.js" "$type" "$out/$name"/*

    "$python" -m datamodel_code_generator --input "$schemas/$name.schema.json" --input-file-type jsonschema \
        --output-model-type pydantic_v2.BaseModel --output "debt_$name.py" --disable-timestamp
    grep -q "^class $type(BaseModel)" "debt_$name.py" || { echo "no type $type for Python" >&2; exit 1; }
    "$python" read.py "debt_$name" "$type" "$out/$name"/*
    echo "$type: $(ls "$out/$name" | wc -l) read by both"
done
