import { z } from 'zod';
import { catalogue } from './catalogue.ts';

export const hotkeyActions = ['accept', 'dismiss', 'toggle', 'mark', 'break', 'help'] as const;
export const hotkeyAction = z.enum(hotkeyActions);
export type HotkeyAction = z.infer<typeof hotkeyAction>;

const accelerator = z.string().min(1).max(60);

export const language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof language>;

// The fields stand apart from their defaults: a change of one field must not bring the defaults of the others with it,
// which zod does for every absent field that has one, also behind `.partial()`.
const fields = {
  hotkeys: {
    accept: accelerator,
    dismiss: accelerator,
    toggle: accelerator,
    mark: accelerator,
    break: accelerator,
    help: accelerator,
  },
  overlay: {
    scale: z.number().min(0.75).max(2),
    opacity: z.number().min(0.3).max(1),
    displayId: z.string().nullable(),
    left: z.number().min(0).max(1),
    top: z.number().min(0).max(1),
    dots: z.boolean(),
  },
  devices: {
    cameraId: z.string().nullable(),
    microphoneId: z.string().nullable(),
    cameraAllowed: z.boolean(),
    microphoneAllowed: z.boolean(),
  },
  obs: {
    enabled: z.boolean(),
    port: z.number().int().min(1).max(65_535),
  },
  retention: {
    danmakuDays: z.number().int().min(1).max(365),
    emotionDays: z.number().int().min(0).max(30),
  },
};
const { hotkeys, overlay, devices, obs, retention } = fields;
const theme = z.enum(['dark', 'light']);

/** What the streamer can set; each field has a default, so that an older or damaged file still opens. */
export const settings = z.object({
  language: language.default('zh'),
  theme: theme.default('dark'),
  hotkeys: z
    .object({
      accept: hotkeys.accept.default('F8'),
      dismiss: hotkeys.dismiss.default('F9'),
      toggle: hotkeys.toggle.default('F10'),
      mark: hotkeys.mark.default('F6'),
      break: hotkeys.break.default('F7'),
      help: hotkeys.help.default('Shift+F10'),
    })
    .prefault({}),
  overlay: z
    .object({
      scale: overlay.scale.default(1),
      opacity: overlay.opacity.default(1),
      /** Top-left corner as a share of the display's work area, so that it survives a change of resolution. */
      displayId: overlay.displayId.default(null),
      left: overlay.left.default(0.68),
      top: overlay.top.default(0.06),
      dots: overlay.dots.default(false),
    })
    .prefault({}),
  devices: z
    .object({
      cameraId: devices.cameraId.default(null),
      microphoneId: devices.microphoneId.default(null),
      cameraAllowed: devices.cameraAllowed.default(false),
      microphoneAllowed: devices.microphoneAllowed.default(false),
    })
    .prefault({}),
  obs: z.object({ enabled: obs.enabled.default(false), port: obs.port.default(4455) }).prefault({}),
  retention: z
    .object({
      danmakuDays: retention.danmakuDays.default(30),
      emotionDays: retention.emotionDays.default(7),
    })
    .prefault({}),
  /** What the streamer sells or sings, under the names that viewers use. */
  catalogue: catalogue.default([]).catch([]),
  reduceMotion: z.boolean().default(false),
});
export type Settings = z.infer<typeof settings>;

/** A change of settings: whole groups or single fields of a group; what is not named stays as it is. */
export const settingsPatch = z.strictObject({
  language: language.optional(),
  theme: theme.optional(),
  overlay: z.strictObject(overlay).partial().optional(),
  devices: z.strictObject(devices).partial().optional(),
  obs: z.strictObject(obs).partial().optional(),
  retention: z.strictObject(retention).partial().optional(),
  catalogue: catalogue.optional(),
  reduceMotion: z.boolean().optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** A change that main itself may store: hotkeys too, which it registers first. */
export const mainSettingsPatch = settingsPatch.extend({ hotkeys: z.strictObject(hotkeys).partial().optional() });
