// The agency of a rehearsal, made through the same HTTP API that a person's browser uses.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Problem } from '../steps.mjs';

const organizationName = '演示公会';
const organization = 'rehearsal';
const streamerName = '演示主播';

async function call(url, method, path, { body, token } = {}) {
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const reply = await fetch(new URL(path, url), {
    method,
    headers,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  const answer = await reply.json().catch(() => null);
  if (reply.ok) return answer;
  const code = answer?.error?.code ?? reply.status;
  throw new Problem(
    `同步服务拒绝了 ${method} ${path}（${code}）。`,
    `The sync server refused ${method} ${path} (${code}): ${answer?.error?.message ?? 'no reason given'}`,
  );
}

/** The kept sign-in of the rehearsal's admin; null when there is none that can be read. */
export function readAdmin(path) {
  try {
    const { username, password } = JSON.parse(readFileSync(path, 'utf8'));
    return typeof username === 'string' && typeof password === 'string' ? { username, password } : null;
  } catch {
    return null;
  }
}

async function makeAdmin(server, adminPath) {
  const admin = { username: 'admin', password: randomBytes(12).toString('base64url') };
  const token = new URL(server.firstAdminLink).hash.slice(1);
  // Kept before it is used: a start that is cut off between the two must find its way back in.
  writeFileSync(adminPath, `${JSON.stringify(admin)}\n`, { mode: 0o600 });
  await call(server.url, 'POST', '/v2/auth/setup', {
    body: { token, organization_name: organizationName, organization, ...admin },
  });
  return admin;
}

/**
 * Makes the agency at the first start and signs in with the kept password later.
 * Returns { admin, pairCode }: who signs in to the agency web, and a code that pairs one app.
 */
export async function enterAgency(server, adminPath) {
  const admin = server.firstAdminLink ? await makeAdmin(server, adminPath) : readAdmin(adminPath);
  if (!admin) {
    throw new Problem(
      `演示数据库里已有管理员，但密码文件不见了：${adminPath}。请删除它所在的文件夹后重试。`,
      'The rehearsal database has an admin, but the file with the password is gone. Delete the folder it was in, then start again.',
    );
  }
  const { access_token: token } = await call(server.url, 'POST', '/v2/auth/login', { body: admin });
  const { items } = await call(server.url, 'GET', '/v2/users?role=streamer', { token });
  const streamer = items.find(({ username }) => username === streamerName);
  const body = streamer ? { user_id: streamer.id } : { role: 'streamer', username: streamerName };
  const { code } = await call(server.url, 'POST', '/v2/invites', { token, body });
  return { admin, pairCode: code };
}
