// A model that is opened when it is first needed, once, and whose failure is a state that the windows can show.
import type { ModelView } from '@app/shared/view';
import { ModelFailure } from './model-files.ts';

export type LazyModel<M> = {
  readonly view: ModelView;
  /** The model, or null when it cannot be used; never rejects. */
  get(): Promise<M | null>;
  close(): Promise<void>;
  /** Lets an opened model go; the next `get` opens it anew. The caller has ended every stream of it. */
  release(): Promise<void>;
};

/** Makes a model that opens on the first `get`; `onState` hears every change of its state. */
export function lazyModel<M extends { close(): Promise<void> | void }>(
  name: string,
  open: () => Promise<M>,
  onState: (error?: unknown) => void,
): LazyModel<M> {
  let view: ModelView = { name, state: 'idle' };
  let opened: Promise<M | null> | null = null;
  const become = (state: ModelView['state'], error?: unknown) => {
    view = { name, state };
    onState(error);
  };
  const start = async (): Promise<M | null> => {
    become('loading');
    try {
      const model = await open();
      become('ready');
      return model;
    } catch (error) {
      const code = error instanceof ModelFailure ? error.code : null;
      become(code === 'MODEL_DAMAGED' ? 'damaged' : code ? 'missing' : 'failed', error);
      return null;
    }
  };
  return {
    get view() {
      return view;
    },
    get() {
      opened ??= start();
      return opened;
    },
    async close() {
      const model = await opened;
      await model?.close();
    },
    async release() {
      const old = opened;
      if (!old || view.state !== 'ready') return;
      opened = null;
      become('idle');
      await (await old)?.close();
    },
  };
}
