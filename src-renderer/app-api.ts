// The windows' side of the contract: `import type` only, so that zod stays out of the bundles.
import type { AppBridge, Input, Output, Pushes, PushName, RequestName } from '@app/shared/ipc';

/** A call that main or the engine answered with a code. */
export class CallFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const bridge = (): AppBridge | undefined => (window as unknown as { app?: AppBridge }).app;

/** Asks main; rejects with a CallFailure that carries the code of what went wrong. */
export async function request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  const app = bridge();
  if (!app) throw new CallFailure('BRIDGE_MISSING', name);
  const reply = await app.request(name, input);
  if (!reply.ok) throw new CallFailure(reply.error.code, reply.error.message);
  return reply.data as Output<N>;
}

/** Hears one kind of push until the returned function is called. */
export function onPush<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void {
  const app = bridge();
  if (!app) return () => undefined;
  return app.onPush((pushed, payload) => {
    if (pushed === name) listener(payload as Pushes[N]);
  });
}

/** The code of anything that was thrown. */
export const codeOf = (error: unknown): string => (error instanceof CallFailure ? error.code : 'INTERNAL');
