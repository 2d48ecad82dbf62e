import { pino } from 'pino';

/** Only ids, counts, codes and durations: there is no field for what was said. */
export type Fields = Record<string, string | number | boolean | null | undefined>;
export type Logger = {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
};

/** JSON lines on stderr, one a log event; stdout stays free for those who start the process. */
export function openLogger(part: string): Logger {
  const log = pino(
    { base: { part }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, fields) => log.info({ event, ...fields }),
    warn: (event, fields) => log.warn({ event, ...fields }),
    error: (event, fields) => log.error({ event, ...fields }),
  };
}
