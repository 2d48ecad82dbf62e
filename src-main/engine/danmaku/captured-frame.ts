// Captured frames, as `danmaku decode` and recordings hold them, and the decoder of each platform.
import { epochMs, type Platform } from '@app/shared/live-event';
import { z } from 'zod';
import { decodeBilibili, decodeBilibiliMessage } from './bilibili-decode.ts';
import type { DecodeContext } from './danmaku-draft.ts';
import type { Decoded } from './intake.ts';
import { parseJson } from './json-value.ts';

/** One captured frame: text frames as `text`, binary ones as `base64`. */
export const capturedFrame = z
  .object({
    at: epochMs,
    transport: z.enum(['ws', 'http']).default('ws'),
    direction: z.enum(['in', 'out']).default('in'),
    url: z.string().default(''),
    text: z.string().optional(),
    base64: z.base64().optional(),
  })
  .refine((frame) => frame.text !== undefined || frame.base64 !== undefined, 'a frame needs "text" or "base64"');
export type CapturedFrame = z.infer<typeof capturedFrame>;

export type FrameDecoder = (frame: CapturedFrame, context: DecodeContext) => Decoded;

const nothing = (): Decoded => ({ events: [], unknown: {}, ignored: 0, errors: [] });

const bilibiliFrame: FrameDecoder = (frame, context) => {
  // What the page itself sent, and what it fetched, holds no chat.
  if (frame.direction === 'out' || frame.transport === 'http') return nothing();
  if (frame.base64 !== undefined) return decodeBilibili(Buffer.from(frame.base64, 'base64'), context);
  try {
    return decodeBilibiliMessage(parseJson(frame.text ?? ''), context);
  } catch {
    return { ...nothing(), errors: [{ code: 'BAD_JSON', message: 'a text frame that is no JSON' }] };
  }
};

/** The decoders there are; a platform that is missing here cannot be read yet. */
export const frameDecoders: Partial<Record<Platform, FrameDecoder>> = { bilibili: bilibiliFrame };
