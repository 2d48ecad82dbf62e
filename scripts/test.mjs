// npm test: everything this project can check about itself, stage after stage; a failed stage does not stop the next.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { openChildren, stopOnSignals } from './children.mjs';
import { openDisplay } from './display.mjs';
import { setup } from './setup.mjs';
import { complain, Problem, say } from './steps.mjs';
import { closingLine, table, total } from './testing/counts.mjs';
import { chosenStages } from './testing/stages.mjs';

const root = join(import.meta.dirname, '..');
const stageLimitMs = 25 * 60_000;

/** Runs a stage's program with its output on the screen and resolves with its exit code. */
function runShown(children, name, command, args, env) {
  return new Promise((resolve) => {
    const child = children.start(name, command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const timer = setTimeout(() => {
      complain(new Problem(`${name} 超过 25 分钟，已结束。`, `${name} took more than 25 minutes and was ended.`));
      children.stop().catch(complain);
    }, stageLimitMs);
    const end = (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    };
    child.on('error', () => end(1));
    child.on('exit', end);
  });
}

async function runStage(stage, { node, env }) {
  const children = openChildren();
  const forget = stopOnSignals(children);
  try {
    const needs = stage.needs ?? [];
    if (needs.includes('build')) await build({ node, env, show: stage.name === 'build' });
    if (!stage.args) return 0;
    const shown = needs.includes('display') ? (await openDisplay(children, env)).env : env;
    return await runShown(children, stage.name, node, stage.args, { ...shown, ...stage.env });
  } catch (error) {
    complain(error);
    return 1;
  } finally {
    await children.stop();
    forget();
  }
}

async function main() {
  const stages = chosenStages(process.argv.slice(2));
  const machine = await setup({ forTests: stages.some(({ needs }) => needs?.includes('programs')) });
  rmSync(join(root, 'out', 'test'), { recursive: true, force: true });
  mkdirSync(join(root, 'out', 'test'), { recursive: true });
  const results = [];
  for (const stage of stages) {
    say(`—— ${stage.name}`, `stage ${results.length + 1} of ${stages.length}`);
    const startedAt = performance.now();
    const code = await runStage(stage, machine);
    results.push({
      name: stage.name,
      counts: stage.count(root, code),
      seconds: (performance.now() - startedAt) / 1000,
    });
  }
  const sum = total(results);
  process.stdout.write(`\n${table(results)}\n\n${closingLine(sum)}\n`);
  return sum.failed === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    complain(error);
    process.stdout.write(`${closingLine({ passed: 0, failed: 1, skipped: 0 })}\n`);
    process.exitCode = 1;
  },
);
