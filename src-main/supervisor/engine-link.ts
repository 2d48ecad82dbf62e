// Main's side of the engine: calls with a time limit, pushes and secrets passed on.
import type { EngineRequestName, Input, Output, Reply } from '@app/shared/ipc';
import { IpcFailure } from '@app/shared/ipc';
import type { FromEngine, ToEngine } from '@app/shared/links';

const answerWithinMs = 30_000;

export type EngineLink = {
  /** Calls the engine; rejects with IpcFailure, `ENGINE_AWAY` when it does not run. */
  call<N extends EngineRequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Takes a reply of the engine. */
  settle(message: Extract<FromEngine, { type: 'reply' }>): void;
  /** The engine died: everything that waits fails. */
  drop(): void;
  /** The engine said why it cannot work: every call fails with this code from now on. */
  fail(code: string): void;
};

/** Makes a link over `send`, which says whether there is an engine to send to. */
export function makeEngineLink(send: (message: ToEngine) => boolean): EngineLink {
  const waiting = new Map<number, { resolve(reply: Reply<unknown>): void; timer: NodeJS.Timeout }>();
  let lastId = 0;
  let away: Reply<never> = { ok: false, error: { code: 'ENGINE_AWAY', message: 'the engine does not run' } };
  const settle = (callId: number, reply: Reply<unknown>) => {
    const one = waiting.get(callId);
    if (!one) return;
    waiting.delete(callId);
    clearTimeout(one.timer);
    one.resolve(reply);
  };
  return {
    async call(name, input) {
      lastId += 1;
      const callId = lastId;
      const reply = await new Promise<Reply<unknown>>((resolve) => {
        const timer = setTimeout(() => settle(callId, away), answerWithinMs);
        waiting.set(callId, { resolve, timer });
        if (!send({ type: 'call', callId, name, input })) settle(callId, away);
      });
      if (!reply.ok) throw new IpcFailure(reply.error.code, reply.error.message);
      return reply.data as never;
    },
    settle: ({ callId, reply }) => settle(callId, reply),
    fail(code) {
      away = { ok: false, error: { code, message: 'the engine cannot work' } };
    },
    drop() {
      for (const callId of [...waiting.keys()]) settle(callId, away);
    },
  };
}
