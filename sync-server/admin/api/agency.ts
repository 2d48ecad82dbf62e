// What every page of the agency web is handed: the connection, who is signed in, and what was read so far.
import type { Organization, User } from '@app/shared/api';
import type { Body } from '@app/shared/api-routes';
import { createContext, useContext } from 'react';
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { type ApiError, toApiError } from './api-error.ts';
import { type Client, createClient } from './client.ts';
import type { Fetch } from './send.ts';

/** `away`: whether somebody is signed in could not be found out. `ended`: the sign-in ended under the open page. */
export type Session =
  | { phase: 'starting' }
  | { phase: 'away'; error: ApiError }
  | { phase: 'out' }
  | { phase: 'in' | 'ended'; user: User; organization: Organization; visit: number };
/** One answer as it was read, with the time. */
export type Kept = { data: unknown; at: number };

export type Agency = {
  client: Client;
  session: UseBoundStore<StoreApi<Session>>;
  /** Answers by what was asked; emptied when another person signs in. */
  kept: Map<string, Kept>;
  /** Finds out whether the cookie still signs somebody in. */
  start(): Promise<void>;
  /** Signs in; throws the ApiError of a refusal. */
  signIn(body: Body<'web.login'>): Promise<void>;
  signOut(): Promise<void>;
};

const mostKept = 60;

/** Keeps an answer; the oldest goes when there are too many. */
export function keep(agency: Agency, key: string, data: unknown, at: number): void {
  agency.kept.delete(key);
  agency.kept.set(key, { data, at });
  const oldest = agency.kept.keys().next().value;
  if (agency.kept.size > mostKept && oldest !== undefined) agency.kept.delete(oldest);
}

/** Puts the agency web together; nothing is sent before `start`. */
export function createAgency(fetch: Fetch, nowMs: () => number): Agency {
  const session = create<Session>(() => ({ phase: 'starting' }));
  const client = createClient({
    fetch,
    nowMs,
    onEnded: () => session.setState((old) => (old.phase === 'in' ? { ...old, phase: 'ended' } : old), true),
  });
  const kept: Agency['kept'] = new Map();
  let visit = 0;
  async function enter(userId: string): Promise<void> {
    const old = session.getState();
    if (!('user' in old) || old.user.id !== userId) kept.clear();
    const { user, organization } = await client.call('me.get', {});
    visit += 1;
    session.setState({ phase: 'in', user, organization, visit }, true);
  }
  return {
    client,
    session,
    kept,
    async start() {
      session.setState({ phase: 'starting' }, true);
      try {
        await enter((await client.resume()).id);
      } catch (error) {
        const failure = toApiError(error);
        const isOut = failure.code === 'SESSION_ENDED' || failure.code === 'UNAUTHENTICATED';
        session.setState(isOut ? { phase: 'out' } : { phase: 'away', error: failure }, true);
      }
    },
    async signIn(body) {
      await enter((await client.signIn(body)).id);
    },
    async signOut() {
      await client.signOut();
      kept.clear();
      session.setState({ phase: 'out' }, true);
    },
  };
}

const AgencyContext = createContext<Agency | null>(null);
/** Hands the agency to everything inside. */
export const AgencyProvider = AgencyContext;

/** The agency that this page belongs to. */
export function useAgency(): Agency {
  const agency = useContext(AgencyContext);
  if (!agency) throw new Error('AgencyProvider is missing');
  return agency;
}

/** Who is signed in; only inside pages that need somebody to be. */
export function useMember(): { user: User; organization: Organization; visit: number } {
  const session = useAgency().session();
  if (!('user' in session)) throw new Error('nobody is signed in');
  return session;
}
