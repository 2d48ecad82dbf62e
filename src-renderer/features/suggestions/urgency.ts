import type { Urgency } from '@app/shared/live-event';
import type { IconName } from '../../ui/icons.tsx';
import type { Tone } from '../../ui/states.tsx';

export const urgencyTone: Record<Urgency, Tone> = { low: 'quiet', medium: 'note', high: 'warn', critical: 'critical' };
export const urgencyIcon: Record<Urgency, IconName> = { low: 'bulb', medium: 'bulb', high: 'bulb', critical: 'help' };
