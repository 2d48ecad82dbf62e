import { z } from 'zod';

/** What main hands the engine at its start. */
export const engineConfig = z.object({
  databasePath: z.string(),
  appVersion: z.string(),
  os: z.string(),
  /** Secrets that the system's safe store gave back, by name. */
  secrets: z.record(z.string(), z.string()),
  /** A loopback room instead of the engine's own simulator. */
  endpoint: z.string().nullable(),
  rate: z.number().nullable(),
  coolDownsOff: z.boolean(),
  maxPages: z.number().int().nullable(),
});
export type EngineConfig = z.infer<typeof engineConfig>;
