// A `fetch` that answers by the route table: what is asked and what is answered both go through the shared schemas.
import { type User, webTokenReply } from '@app/shared/api';
import { type Answer, type RouteName, routes } from '@app/shared/api-routes';
import type { Fetch } from '../api/send.ts';
import {
  adminFixture,
  consentFixture,
  inviteFixture,
  organizationFixture,
  overviewFixture,
  personFixture,
  sessionFixture,
  sessionRowFixture,
  userRowFixtures,
} from './fixtures.ts';

export type Call = { name: RouteName; params: Record<string, string>; query: unknown; body: unknown; headers: Headers };
export type Answers = { [N in RouteName]?: (call: Call) => Answer<N> | Promise<Answer<N>> };

/** Something an answer throws to refuse a call as the server would. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}
export const requestId = 'request-0001';

const onePage = <T>(...items: T[]) => ({ items, next_cursor: null });

function defaults(user: User): Answers {
  let token = 0;
  const signedIn = () => {
    token += 1;
    return webTokenReply.parse({ access_token: `access-${token}`, expires_in: 900, user });
  };
  return {
    'web.csrf': () => ({ csrf_token: 'csrf' }),
    'web.login': signedIn,
    'web.refresh': signedIn,
    'web.logout': () => undefined,
    'me.get': () => ({ user, organization: organizationFixture, device: null }),
    'me.accessLog': () => onePage(),
    'me.password': () => undefined,
    'users.list': () => onePage(...userRowFixtures),
    'users.get': () => personFixture,
    'devices.revoke': () => undefined,
    'invites.list': () => onePage(inviteFixture()),
    'invites.make': () => ({ ...inviteFixture(), code: '2345ABCDEF' }),
    'consents.list': () => onePage(consentFixture),
    'sessions.list': () => onePage(sessionRowFixture),
    'sessions.get': () => sessionFixture,
    'reports.overview': () => overviewFixture,
  };
}

function findRoute(method: string, pathname: string): { name: RouteName; params: Record<string, string> } {
  for (const name of Object.keys(routes) as RouteName[]) {
    const pattern = new RegExp(`^${routes[name].path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const match = routes[name].method === method ? pattern.exec(pathname) : null;
    if (match) return { name, params: { ...match.groups } };
  }
  throw new Error(`no route: ${method} ${pathname}`);
}

/** The fake server, what it was asked so far, and `answers` to change while it runs. */
export function createFakeServer(user: User = adminFixture, own: Answers = {}) {
  const answers: Answers = { ...defaults(user), ...own };
  const calls: Call[] = [];
  async function answer(url: string, init: RequestInit): Promise<Response> {
    const { pathname, searchParams } = new URL(url, 'http://agency.test');
    const { name, params } = findRoute(init.method ?? 'GET', pathname);
    const route = routes[name];
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const asked = Object.fromEntries(searchParams);
    const query = asked && Object.keys(asked).length > 0 ? route.query.parse(asked) : undefined;
    const call: Call = { name, params, query, body: route.body.parse(body), headers: new Headers(init.headers) };
    calls.push(call);
    if (route.auth === 'cookie' && call.headers.get('x-csrf-token') === null) return refuse(403, 'FORBIDDEN_ORIGIN');
    if (typeof route.auth !== 'string' && !call.headers.get('authorization')?.startsWith('Bearer '))
      return refuse(401, 'UNAUTHENTICATED');
    const handler = answers[name] as ((call: Call) => unknown) | undefined;
    if (!handler) throw new Error(`no answer for ${name}`);
    try {
      const reply = route.reply.parse(await handler(call));
      return route.status === 204
        ? new Response(null, { status: 204 })
        : Response.json(reply, { status: route.status });
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.status, error.code);
      throw error;
    }
  }
  const fetch: Fetch = (url, init) => answer(url, init);
  return { fetch, answers, calls, callsOf: (name: RouteName) => calls.filter((call) => call.name === name) };
}

function refuse(status: number, code: string): Response {
  const error = { code, message: 'said for developers', request_id: requestId };
  return Response.json({ error }, { status });
}
