// Apart from cli.ts, which imports every command: a command file that imported it back would close a circle.
import type { parseArgs } from 'node:util';

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];
export type Values = Record<string, string | boolean | undefined>;
/** What a command file exports: its options and what it does; `words` are the plain arguments. */
export type Command = {
  usage: string;
  options: NonNullable<Options>;
  /** True when plain arguments are taken; else one is refused. */
  takesWords?: boolean;
  run(values: Values, words: string[]): Promise<void>;
};
