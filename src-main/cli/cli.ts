// The command line: finds the command, turns mistakes into one sentence. The commands are in their own files.
import { parseArgs } from 'node:util';
import { ModelFailure, type ModelFailureCode } from '../inference/model-files.ts';
import type { Command, Values } from './command.ts';
import { ReaderGone, UsageError } from './jsonl.ts';

const commands: Record<string, () => Promise<{ command: Command }>> = {
  'infer text': () => import('./infer-text.ts'),
  'infer voice': () => import('./infer-voice.ts'),
  'infer face': () => import('./infer-face.ts'),
  'infer speech': () => import('./infer-speech.ts'),
  'infer face-stream': () => import('./infer-face-stream.ts'),
  'models list': () => import('./models.ts').then(({ list }) => ({ command: list })),
  'models verify': () => import('./models.ts').then(({ verify }) => ({ command: verify })),
  'models fetch': () => import('./models-fetch.ts'),
  'danmaku decode': () => import('./danmaku-decode.ts'),
  'danmaku listen': () => import('./danmaku-listen.ts'),
  'session replay': () => import('./session-replay.ts'),
};

const asksForHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';

// Without a listener, a reader of stdout or stderr that went away would end the program with a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

async function main(args: string[]): Promise<void> {
  if (asksForHelp(args[0])) return help(Object.keys(commands));
  const name = args.slice(0, 2).join(' ');
  if (!Object.hasOwn(commands, name)) {
    const problem = name === '' ? 'A command is missing.' : `There is no command "${name}".`;
    throw new UsageError(`${problem} Commands: ${Object.keys(commands).join(', ')}.`);
  }
  if (args.slice(2).some(asksForHelp)) return help([name]);
  const { command } = await commands[name]!();
  const { values, positionals } = readArguments(command, args.slice(2));
  await command.run(values, positionals);
}

async function help(names: readonly string[]): Promise<void> {
  for (const name of names) process.stdout.write(`${(await commands[name]!()).command.usage}\n`);
}

function readArguments(command: Command, args: string[]): { values: Values; positionals: string[] } {
  try {
    const allowPositionals = command.takesWords === true;
    const { values, positionals } = parseArgs({ args, options: command.options, allowPositionals });
    return { values: values as Values, positionals };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.? *\n|\. /);
    throw new UsageError(`${sentence.replace(/\.$/, '')}. Usage: ${command.usage}`);
  }
}

const modelProblems: Record<ModelFailureCode, string> = {
  MODEL_MISSING: 'is missing',
  MODEL_DAMAGED: 'is damaged; get the folder models/ again',
  MODEL_UNKNOWN: 'is not named in models/manifest.json',
};

function fail(error: unknown): void {
  if (error instanceof ReaderGone) return;
  const [sentence, code] = explain(error);
  process.stderr.write(`${sentence.replaceAll('\n', ' ')}\n`);
  process.exitCode = code;
}

function explain(error: unknown): [string, number] {
  if (error instanceof ModelFailure) return [`The model file ${error.message} ${modelProblems[error.code]}.`, 2];
  if (error instanceof UsageError) return [error.message, 2];
  if (error instanceof Error) return [error.message, 'code' in error ? 2 : 1];
  return [String(error), 1];
}

main(process.argv.slice(2)).catch(fail);
