// The types that tie the table of routes to its handlers: one that is missing or answers wrongly does not compile.
import type { UserRole } from '@app/shared/api';
import type { Answer, Given, MemberRouteName, OpenRouteName } from '@app/shared/api-routes';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../db/database.ts';

/** Who asks, as the database knows them now. */
export type Caller = {
  organizationId: string;
  userId: string;
  username: string;
  role: UserRole;
  deviceId: string | null;
  familyId: string;
};
export type Raw = { request: FastifyRequest; reply: FastifyReply };
/** Handlers of routes without Bearer token; they open their own transactions. */
export type OpenHandlers = { [N in OpenRouteName]: (given: Given<N> & Raw) => Promise<Answer<N>> };
/** Handlers behind a Bearer token: `tx` is the caller's organization, committed when the handler is done. */
export type MemberHandlers = {
  [N in MemberRouteName]: (given: Given<N> & Raw & { caller: Caller; tx: Tx }) => Promise<Answer<N>>;
};
