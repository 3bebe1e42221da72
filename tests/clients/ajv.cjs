// Every schema under Ajv in its default strict mode, and every report that `reports.sh` wrote under its schema:
//
//     NODE_PATH=$(npm root --global) node tests/clients/ajv.cjs schema OUT
//
// Needs: npm install --global ajv@8 ajv-formats@3
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2020');
const formats = require('ajv-formats');

const [schemas, out] = process.argv.slice(2);
const told = [];
const say = (...words) => told.push(words.join(' '));
let valid = 0;
for (const file of fs.readdirSync(schemas).sort()) {
  const name = file.replace('.schema.json', '');
  const schema = JSON.parse(fs.readFileSync(path.join(schemas, file), 'utf8'));
  // What strict mode only logs counts as well.
  const ajv = new Ajv({ allErrors: true, logger: { log: say, warn: say, error: say } });
  formats(ajv);
  let validate;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    say(file, error.message);
    continue;
  }
  const folder = path.join(out, name);
  for (const report of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const text = fs.readFileSync(path.join(folder, report), 'utf8');
    const values = report.endsWith('.jsonl') ? text.split('\n').filter(Boolean) : [text];
    for (const value of values.map((value) => JSON.parse(value))) {
      if (validate(value)) valid += 1;
      else say(name, report, ajv.errorsText(validate.errors.slice(0, 3)));
      // A validator that takes everything would pass all of this.
      for (const wrong of [{ schema_version: 99 }, { tool: 7 }, { mp: 'many' }, { errors: 1 }]) {
        const key = Object.keys(wrong)[0];
        if (key in value && validate({ ...value, ...wrong })) say(name, report, 'takes another', key);
      }
    }
  }
}
if (told.length > 0) {
  console.error(told.join('\n'));
  process.exit(1);
}
console.log(`${valid} valid`);
