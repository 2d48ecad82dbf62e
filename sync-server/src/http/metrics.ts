import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';

export type Metrics = {
  registry: Registry;
  requests: Counter<'method' | 'endpoint'>;
  requestSeconds: Histogram;
  registrations: Counter;
  danmaku: Counter<'platform'>;
  suggestions: Counter<'type'>;
  pushedRows: Counter<'status'>;
};

/** The metrics of one server; names are those of the design document. Nothing is registered globally. */
export function openMetrics(database: Database): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'database_connections',
    help: 'Open database connections',
    registers,
    collect() {
      this.set(database.counts().open);
    },
  });
  return {
    registry,
    requests: new Counter({
      name: 'api_requests_total',
      help: 'API requests',
      labelNames: ['method', 'endpoint'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'api_request_duration_seconds',
      help: 'Time to answer an API request',
      registers,
    }),
    registrations: new Counter({
      name: 'user_registrations_total',
      help: 'People who joined an organization',
      registers,
    }),
    danmaku: new Counter({
      name: 'danmaku_messages_total',
      help: 'Danmaku in the summaries taken',
      labelNames: ['platform'],
      registers,
    }),
    suggestions: new Counter({
      name: 'ai_suggestions_total',
      help: 'Cards shown in the summaries taken',
      labelNames: ['type'],
      registers,
    }),
    pushedRows: new Counter({
      name: 'sync_rows_total',
      help: 'Rows pushed by devices',
      labelNames: ['status'],
      registers,
    }),
  };
}
