// Turns every failure into the one error body. What is not expected is logged and told as INTERNAL, without detail.
import type { ErrorCode } from '@app/shared/api';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { codeOf, isAway } from '../db/database.ts';
import { ApiFailure } from './failure.ts';

const byStatus: Record<number, ErrorCode> = { 413: 'TOO_LARGE', 415: 'UNSUPPORTED_MEDIA', 429: 'TOO_MANY_REQUESTS' };

/** Answers failures of any route. */
export function addErrorReplies(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ApiFailure, request, reply) => {
    const failure = toFailure(error);
    request.failureCode = failure.code;
    if (failure.code === 'INTERNAL') {
      request.log.error(
        { event: 'api_request_error', error_type: error.name, sqlstate: codeOf(error), error: traceOf(error) },
        'api_request_error',
      );
    }
    if (failure.code === 'NOT_READY') void reply.header('retry-after', '5');
    return sendFailure(request, reply, failure);
  });
}

// What Postgres says of a row may hold what somebody wrote: of its errors only the code and the place are logged.
function traceOf(error: Error): string {
  const stack = error.stack ?? '';
  return 'severity' in error ? stack.slice(stack.indexOf('\n    at ') + 1) : stack;
}

/** Sends the error body of one failure. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: ApiFailure): FastifyReply {
  const { code, message, extra, status } = failure;
  const body = JSON.stringify({ error: { code, message, request_id: request.id, ...extra } });
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(body);
}

function toFailure(error: FastifyError | ApiFailure): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const field = [error.validationContext, ...(first?.instancePath.split('/').filter(Boolean) ?? [])].join('.');
    return new ApiFailure('BAD_INPUT', `${field}: ${first?.message ?? 'not valid'}`, { field });
  }
  if (isAway(error)) return new ApiFailure('NOT_READY', 'The database cannot be reached now. Try again in a moment.');
  const status = error.statusCode ?? 500;
  if (error.code?.startsWith('FST_CSRF'))
    return new ApiFailure('FORBIDDEN_ORIGIN', 'The X-CSRF-Token is missing or not valid.');
  if (status >= 400 && status < 500) return new ApiFailure(byStatus[status] ?? 'BAD_INPUT', error.message);
  return new ApiFailure('INTERNAL', 'Something went wrong on the server.');
}
