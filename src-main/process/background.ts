import type { Logger } from './logger.ts';

/** Names a promise that nobody waits for: its failure is logged under that name, by code or class, never by text. */
export function background(log: Logger, name: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    log.error('background_failed', { name, code, kind: error instanceof Error ? error.name : typeof error });
  });
}
