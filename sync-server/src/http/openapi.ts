import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { contentPolicy } from './admin-page.ts';

/** Adds /openapi.json, made from the routes, and /docs. Call before the routes are added. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: { title: '提猫直播管理平台 API', version: '2.0.0', description: 'Sync server of the Timao Companion' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: (given) => withoutEmptyBodies(jsonSchemaTransformObject(given)),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => contentPolicy(null),
  });
  app.get('/openapi.json', { schema: { hide: true } as object }, async () => app.swagger());
}

/** A 204 has no body, so its description names none. */
function withoutEmptyBodies(document: ReturnType<typeof jsonSchemaTransformObject>): typeof document {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      const done = (operation as { responses?: Record<string, { content?: unknown }> }).responses?.['204'];
      if (done) delete done.content;
    }
  }
  return document;
}
