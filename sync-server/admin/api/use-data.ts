import { useCallback, useEffect, useState } from 'react';
import { keep, useAgency, useMember } from './agency.ts';
import { type ApiError, toApiError } from './api-error.ts';
import type { Client } from './client.ts';

/** `data` is the last answer, also while a new one is read or could not be; `at` is when it was read. */
export type Data<T> = { data: T | null; at: number; error: ApiError | null; isReading: boolean; again: () => void };
type State = { key: string; error: ApiError | null; isReading: boolean };

/**
 * Reads when `key` changes, on `again`, after a new sign-in, and when the network is back. What was read less than
 * `freshMs` ago is not read again.
 */
export function useData<T>(key: string, read: (client: Client) => Promise<T>, freshMs = 0): Data<T> {
  const agency = useAgency();
  const { visit } = useMember();
  const [state, setState] = useState<State>({ key, error: null, isReading: true });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((old) => old + 1), []);
  useEffect(() => {
    const age = Date.now() - (agency.kept.get(key)?.at ?? Number.NEGATIVE_INFINITY);
    if (round === 0 && age < freshMs) {
      setState({ key, error: null, isReading: false });
      return;
    }
    let isCurrent = true;
    const settle = (error: ApiError | null) => isCurrent && setState({ key, error, isReading: false });
    setState({ key, error: null, isReading: true });
    read(agency.client).then(
      (data) => {
        if (isCurrent) keep(agency, key, data, Date.now());
        settle(null);
      },
      (error: unknown) => settle(toApiError(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [agency, key, visit, round]);
  const isOffline = state.error?.code === 'OFFLINE';
  useEffect(() => {
    if (!isOffline) return;
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [isOffline, again]);
  const kept = agency.kept.get(key);
  // The first drawing under a new key comes before its effect.
  const { error, isReading } = state.key === key ? state : { error: null, isReading: true };
  return { data: (kept?.data as T | undefined) ?? null, at: kept?.at ?? 0, error, isReading, again };
}
