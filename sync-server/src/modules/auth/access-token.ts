// Access tokens: EdDSA, 15 minutes, checked by signature, kid, issuer, audience and shape. The database has the last word.
import { userRole } from '@app/shared/api';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { ApiFailure } from '../../http/failure.ts';
import type { Keys } from '../../keys.ts';

/** Seconds that an access token lives. */
export const accessSeconds = 900;
const issuer = 'timao-sync';
const audience = 'timao-api';

const claimsShape = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  role: userRole,
  fam: z.uuid(),
  dev: z.uuid().optional(),
  jti: z.uuid(),
  exp: z.number(),
  iat: z.number(),
});
export type Claims = {
  sub: string;
  org: string;
  role: z.infer<typeof userRole>;
  fam: string;
  dev?: string | undefined;
};

/** Signs a token for these claims. */
export function signAccess(keys: Keys, claims: Claims, nowMs: number, jti: string): Promise<string> {
  const now = Math.floor(nowMs / 1000);
  return new SignJWT({
    org: claims.org,
    role: claims.role,
    fam: claims.fam,
    ...(claims.dev ? { dev: claims.dev } : {}),
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: keys.keyId, typ: 'at+jwt' })
    .setSubject(claims.sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(jti)
    .setIssuedAt(now)
    .setExpirationTime(now + accessSeconds)
    .sign(keys.signing);
}

/** The claims of a token that is ours and in time; anything else is UNAUTHENTICATED. */
export async function verifyAccess(keys: Keys, header: string | undefined, nowMs: number): Promise<Claims> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(header ?? '')?.[1];
  if (!token) throw new ApiFailure('UNAUTHENTICATED', 'A Bearer token is needed.');
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys.verifying, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      typ: 'at+jwt',
      currentDate: new Date(nowMs),
      clockTolerance: 5,
    });
    if (protectedHeader.kid !== keys.keyId) throw new Error('kid');
    return claimsShape.parse(payload);
  } catch {
    throw new ApiFailure('UNAUTHENTICATED', 'The access token is not valid or has run out.');
  }
}
