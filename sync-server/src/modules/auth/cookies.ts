import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Config } from '../../config.ts';

/** Whether people reach this server over https. */
export const isHttps = (config: Pick<Config, 'publicUrl'>): boolean => config.publicUrl?.startsWith('https:') ?? false;

/** Name and options of a cookie that no other host or path can set; `__Host-` needs https, which loopback has not. */
function cookie(
  name: string,
  https: boolean,
  options: CookieSerializeOptions,
): { name: string; options: CookieSerializeOptions } {
  return {
    name: https ? `__Host-${name}` : name,
    options: { path: '/', httpOnly: true, sameSite: 'strict', secure: https, ...options },
  };
}

/** The cookie that holds the refresh token of the agency web. */
export const refreshCookie = (https: boolean) => cookie('timao_refresh', https, { maxAge: 30 * 86_400 });
/** The cookie that X-CSRF-Token is checked against. */
export const csrfCookie = (https: boolean) => cookie('timao_csrf', https, {});
