// The one door for calls of windows: the caller is known by the event, the input by its schema, the answer is a value.
import {
  allowed,
  IpcFailure,
  type Output,
  type Parsed,
  type Reply,
  type RequestName,
  requests,
  type WindowKind,
} from '@app/shared/ipc';

export type Caller = { kind: WindowKind };

/** A missing or an extra handler does not compile. */
export type Handlers = {
  [N in RequestName]: (input: Parsed<N>, caller: Caller) => Promise<Output<N>> | Output<N>;
};

const fail = (code: string, message: string): Reply<never> => ({ ok: false, error: { code, message } });

/** Answers one call; never throws. `onBug` hears of failures that are nobody's input. */
export async function dispatch(
  handlers: Handlers,
  name: string,
  input: unknown,
  caller: Caller,
  onBug: (name: string, error: unknown) => void,
): Promise<Reply<unknown>> {
  if (typeof name !== 'string' || !Object.hasOwn(requests, name))
    return fail('UNKNOWN_ROUTE', String(name).slice(0, 60));
  const key = name as RequestName;
  if (!allowed[caller.kind].includes(key)) return fail('NOT_ALLOWED', key);
  const parsed = requests[key].input.safeParse(input);
  if (!parsed.success) return fail('BAD_INPUT', `${key}: ${parsed.error.issues[0]?.message ?? 'cannot be read'}`);
  try {
    return { ok: true, data: await handlers[key](parsed.data as never, caller) };
  } catch (error) {
    if (error instanceof IpcFailure) return fail(error.code, error.message);
    onBug(key, error);
    return fail('INTERNAL', 'unexpected failure');
  }
}
