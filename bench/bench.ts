// npm run bench [NAME ...]: prints one JSON object, each figure beside its reference from the same run.
import { sayOnStderr } from '../scripts/steps.mjs';
import { cardLatency } from './card-latency.ts';
import { coldStart } from './cold-start.ts';
import { decode } from './decode.ts';
import { memory } from './memory.ts';
import { speech } from './speech.ts';
import { sqliteAppend } from './sqlite-append.ts';
import { text } from './text.ts';

const benches: Record<string, () => Promise<unknown>> = {
  cold_start: () => coldStart(),
  memory,
  danmaku_decode: () => decode(),
  card_latency: cardLatency,
  sqlite_append: () => sqliteAppend(),
  text,
  speech,
};

sayOnStderr();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench "${unknown[0]}". Benches: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}
const figures: Record<string, unknown> = {};
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  process.stderr.write(`${name} …\n`);
  figures[name] = await benches[name]!();
}
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.exit(0);
