import { z } from 'zod';

export const hotkeyActions = ['accept', 'dismiss', 'toggle', 'mark', 'break', 'help'] as const;
export const hotkeyAction = z.enum(hotkeyActions);
export type HotkeyAction = z.infer<typeof hotkeyAction>;

const accelerator = z.string().min(1).max(60);

export const language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof language>;

/** What the streamer can set; each field has a default, so that an older or damaged file still opens. */
export const settings = z.object({
  language: language.default('zh'),
  theme: z.enum(['dark', 'light']).default('dark'),
  hotkeys: z
    .object({
      accept: accelerator.default('F8'),
      dismiss: accelerator.default('F9'),
      toggle: accelerator.default('F10'),
      mark: accelerator.default('F6'),
      break: accelerator.default('F7'),
      help: accelerator.default('Shift+F10'),
    })
    .prefault({}),
  overlay: z
    .object({
      scale: z.number().min(0.75).max(2).default(1),
      opacity: z.number().min(0.3).max(1).default(1),
      /** Top-left corner as a share of the display's work area, so that it survives a change of resolution. */
      displayId: z.string().nullable().default(null),
      left: z.number().min(0).max(1).default(0.68),
      top: z.number().min(0).max(1).default(0.06),
      dots: z.boolean().default(false),
    })
    .prefault({}),
  devices: z
    .object({
      cameraId: z.string().nullable().default(null),
      microphoneId: z.string().nullable().default(null),
      cameraAllowed: z.boolean().default(false),
      microphoneAllowed: z.boolean().default(false),
    })
    .prefault({}),
  retention: z
    .object({
      danmakuDays: z.number().int().min(1).max(365).default(30),
      emotionDays: z.number().int().min(0).max(30).default(7),
    })
    .prefault({}),
  reduceMotion: z.boolean().default(false),
});
export type Settings = z.infer<typeof settings>;

/** A change of settings: whole groups or single fields of a group. */
export const settingsPatch = z.strictObject({
  language: language.optional(),
  theme: z.enum(['dark', 'light']).optional(),
  overlay: settings.shape.overlay.unwrap().partial().optional(),
  devices: settings.shape.devices.unwrap().partial().optional(),
  retention: settings.shape.retention.unwrap().partial().optional(),
  reduceMotion: z.boolean().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatch>;
