import type { ErrorCode } from '@app/shared/api';

const statuses: Record<ErrorCode, number> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  WRONG_LOGIN: 401,
  SESSION_ENDED: 401,
  FORBIDDEN: 403,
  FORBIDDEN_ORIGIN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CODE_NOT_VALID: 410,
  USERNAME_TAKEN: 409,
  ORGANIZATION_TAKEN: 409,
  ORGANIZATION_REQUIRED: 400,
  LAST_ADMIN: 409,
  CONSENT_NOT_OFFERED: 422,
  SEQ_GAP: 409,
  EPOCH_CHANGED: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  TOO_MANY_REQUESTS: 429,
  NOT_READY: 503,
  INTERNAL: 500,
};

/** A refusal that the caller is told: its code decides the HTTP status. `extra` goes into the error object as it is. */
export class ApiFailure extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly extra: Record<string, unknown>;
  constructor(code: ErrorCode, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = statuses[code];
    this.extra = extra;
  }
}
