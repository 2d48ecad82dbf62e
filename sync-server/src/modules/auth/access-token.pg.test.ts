import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Agency, makeAgency } from '../../testing/people.ts';
import { openTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let agency: Agency;
beforeAll(async () => {
  server = await openTestServer();
  agency = await makeAgency(server, 'a');
});
afterAll(() => server.close());

const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = () => ({ ...decodeJwt(agency.admin.token) });
const sign = (claims: Record<string, unknown>, header: Record<string, unknown> = {}, key = server.deps.keys.signing) =>
  new SignJWT(claims as never)
    .setProtectedHeader({ alg: 'EdDSA', kid: server.deps.keys.keyId, typ: 'at+jwt', ...header })
    .sign(key);
const without = (name: string) => {
  const claims: Record<string, unknown> = claimsOf();
  delete claims[name];
  return claims;
};
const status = async (token: string) => (await server.call('GET', '/v2/me', { token })).status;

test('a token signed as ours is taken, so that what follows is refused for its own fault', async () => {
  expect(await status(await sign(claimsOf()))).toBe(200);
});

const attacks: Record<string, () => string | Promise<string>> = {
  'alg none': () => `${text({ alg: 'none', typ: 'at+jwt', kid: server.deps.keys.keyId })}.${text(claimsOf())}.`,
  'alg NoNe with a signature': () =>
    `${text({ alg: 'NoNe', typ: 'at+jwt', kid: server.deps.keys.keyId })}.${text(claimsOf())}.YQ`,
  'another key': () => sign(claimsOf(), {}, generateKeyPairSync('ed25519').privateKey),
  'HS512 with the public key as secret': () => {
    const pem = server.deps.keys.verifying.export({ format: 'pem', type: 'spki' });
    const head = `${text({ alg: 'HS512', typ: 'at+jwt', kid: server.deps.keys.keyId })}.${text(claimsOf())}`;
    return `${head}.${createHmac('sha512', pem).update(head).digest('base64url')}`;
  },
  'its own key in the header': async () => {
    const pair = generateKeyPairSync('ed25519');
    return sign(claimsOf(), { jwk: pair.publicKey.export({ format: 'jwk' }) }, pair.privateKey);
  },
  'another kid': () => sign(claimsOf(), { kid: 'other' }),
  'another typ': () => sign(claimsOf(), { typ: 'JWT' }),
  'run out': () => sign({ ...claimsOf(), iat: 1, exp: Math.floor(server.clock.ms / 1000) - 6 }),
  'no end': () => sign(without('exp')),
  'no issuer': () => sign(without('iss')),
  'another issuer': () => sign({ ...claimsOf(), iss: 'else' }),
  'another audience': () => sign({ ...claimsOf(), aud: 'else' }),
  'no org': () => sign(without('org')),
  'an org that is no uuid': () => sign({ ...claimsOf(), org: "' OR 1=1" }),
  'no jti': () => sign(without('jti')),
  'an unknown role': () => sign({ ...claimsOf(), role: 'owner' }),
  'the org of nobody': () => sign({ ...claimsOf(), org: randomUUID() }),
  'a family of nobody': () => sign({ ...claimsOf(), fam: randomUUID() }),
  'the family of another person': () => sign({ ...claimsOf(), sub: randomUUID() }),
  'a device that did not sign in': () => sign({ ...claimsOf(), dev: randomUUID() }),
  'changed claims under the old signature': () => {
    const [head, , signature] = agency.admin.token.split('.');
    return `${head}.${text({ ...claimsOf(), role: 'agency_admin' })}.${signature}`;
  },
  'a refresh token': () => agency.admin.refresh,
  empty: () => '',
};
test.each(Object.keys(attacks))('a token with %s is 401', async (name) => {
  expect(await status(await attacks[name]!())).toBe(401);
});

test('a role that the token claims but the person has not is not enough', async () => {
  const { body } = await server.call('POST', '/v2/invites', {
    token: agency.admin.token,
    body: { role: 'agency_admin', username: 'second' },
  });
  const password = 'long enough for this';
  await server.call('POST', '/v2/auth/accept-invite', { body: { code: body.code, password } });
  const second = await server.call('POST', '/v2/auth/login', {
    body: { organization: agency.slug, username: 'second', password },
  });
  const forged = await sign({ ...decodeJwt(second.body.access_token), role: 'super_admin' });
  const reply = await server.call('POST', '/v2/orgs', { token: forged, body: { name: 'X', slug: 'x' } });
  expect(reply.status).toBe(403);
});

test('a token from the future clock of 15 minutes has run out', async () => {
  server.clock.ms += 15 * 60_000 + 6_000;
  expect(await status(agency.admin.token)).toBe(401);
  server.clock.ms -= 15 * 60_000 + 6_000;
});
