// How a process talks to main: a utility process has a parent port, a plain Node child has process.send.

export type Port<In, Out> = {
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** Called once when main is gone: the process must end. */
  onClose(listener: () => void): void;
};

type ParentPort = {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
};

/** Opens the port to the process that started this one; throws where there is none. */
export function openParentPort<In, Out>(): Port<In, Out> {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data as In)),
      onClose: () => undefined,
    };
  }
  if (!process.send) throw new Error('this program is started by the app, not by hand');
  return {
    send(message) {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as In)),
    onClose: (listener) => void process.once('disconnect', listener),
  };
}
