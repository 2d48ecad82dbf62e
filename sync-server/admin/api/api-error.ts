import type { ErrorCode } from '@app/shared/api';
import type { PageErrorCode } from '@app/shared/words/agency';

/** Why a call failed. `requestId` is what the server's log knows the call by, empty when no answer came. */
export class ApiError extends Error {
  readonly code: ErrorCode | PageErrorCode;
  readonly requestId: string;
  readonly field: string | null;
  constructor(code: ErrorCode | PageErrorCode, requestId = '', field: string | null = null) {
    super(code);
    this.code = code;
    this.requestId = requestId;
    this.field = field;
  }
}

/** Any failure as an ApiError; what is not one is a fault of this page. */
export const toApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError('BAD_ANSWER');
