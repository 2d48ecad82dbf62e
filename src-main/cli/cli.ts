// The command line: finds the command, turns mistakes into one sentence. The commands are in their own files.
import { parseArgs } from 'node:util';
import type { Command, Values } from './command.ts';
import { UsageError } from './jsonl.ts';

const commands: Record<string, () => Promise<{ command: Command }>> = {
  'infer text': () => import('./infer-text.ts'),
  'infer voice': () => import('./infer-voice.ts'),
  'infer face': () => import('./infer-face.ts'),
  'danmaku decode': () => import('./danmaku-decode.ts'),
  'danmaku listen': () => import('./danmaku-listen.ts'),
  'session replay': () => import('./session-replay.ts'),
};

async function main(args: string[]): Promise<number> {
  const name = args.slice(0, 2).join(' ');
  if (!Object.hasOwn(commands, name)) {
    throw new UsageError(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  }
  const { command } = await commands[name]!();
  try {
    const { values, positionals } = parseArgs({
      args: args.slice(2),
      options: command.options,
      allowPositionals: true,
    });
    await command.run(values as Values, positionals);
    return 0;
  } catch (error) {
    const isParse = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    if (isParse) throw new UsageError(`${error.message.split('. ')[0]}. Usage: ${command.usage}`);
    throw error;
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const plain = error instanceof UsageError || (error instanceof Error && 'code' in error);
    process.stderr.write(plain ? `${(error as Error).message}\n` : `${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = plain ? 2 : 1;
  },
);
