import { useCallback, useEffect, useState } from 'react';

export type Call<T> = { state: 'reading' } | { state: 'failed'; error: unknown } | { state: 'ready'; data: T };

/** Runs a call when `key` changes and on `again`; an answer that comes too late is dropped. */
export function useCall<T>(call: () => Promise<T>, key: string): { result: Call<T>; again: () => void } {
  const [result, setResult] = useState<Call<T>>({ state: 'reading' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for everything the call depends on
  useEffect(() => {
    let current = true;
    setResult({ state: 'reading' });
    call().then(
      (data) => current && setResult({ state: 'ready', data }),
      (error: unknown) => current && setResult({ state: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  return { result, again: useCallback(() => setRound((old) => old + 1), []) };
}
