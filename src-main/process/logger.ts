// One JSON line an event on stderr. Pino cannot load in the oldest Electron in use (its Node lacks tracing channels).

/** Only ids, counts, codes and durations: there is no field for what was said. */
export type Fields = Record<string, string | number | boolean | null | undefined>;
export type Logger = {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
};

/** Logs for one part of the app; stdout stays free for those who start the process. */
export function openLogger(part: string): Logger {
  const write = (level: string) => (event: string, fields?: Fields) => {
    process.stderr.write(`${JSON.stringify({ level, time: new Date().toISOString(), part, event, ...fields })}\n`);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
