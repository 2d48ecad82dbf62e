import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// Argon2id with the least that OWASP advises: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const dummy = hash(randomBytes(16).toString('hex'), cost);

/** The hash to keep of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** Whether the password fits; a user without password, or no user, costs the same time and is false. */
export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await dummy), password);
  return fits && typeof stored === 'string';
}
