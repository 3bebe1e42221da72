"""Every report that `reports.sh` wrote under its schema, by Python's jsonschema:

    python3 tests/clients/schemas.py schema OUT

Needs: python3 -m pip install 'jsonschema[format]'
"""

import json
import pathlib
import sys

import jsonschema

schemas, out = (pathlib.Path(argument) for argument in sys.argv[1:])
wrong, valid = [], 0
for file in sorted(schemas.glob("*.schema.json")):
    name = file.name.removesuffix(".schema.json")
    schema = json.loads(file.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    for report in sorted((out / name).glob("*")):
        text = report.read_text()
        for value in text.splitlines() if report.suffix == ".jsonl" else [text]:
            errors = list(validator.iter_errors(json.loads(value)))
            valid += not errors
            wrong += [f"{name} {report.name} {error.json_path}: {error.message[:200]}" for error in errors[:3]]
print("\n".join(wrong), file=sys.stderr) if wrong else print(f"{valid} valid")
sys.exit(bool(wrong))
