// What the voice model measured beside the emotion, as it stands in the event log.
import type { VoiceReading } from '@app/shared/emotion/labels';

/** Figures by name: clips, seconds, Hz, semitones, a rate and a share; pitch is left out where none was heard. */
export function voiceFigures(reading: VoiceReading): Record<string, number> {
  const { clipsHeard, speechSeconds, syllablesPerSecond, pauseShare, pitchHz, pitchRangeSemitones } = reading;
  return {
    clipsHeard,
    speechSeconds,
    syllablesPerSecond,
    pauseShare,
    ...(pitchHz === null ? {} : { pitchHz }),
    ...(pitchRangeSemitones === null ? {} : { pitchRangeSemitones }),
  };
}
