// One family of line icons, 24 x 24, drawn for this app; the shape carries the meaning, colour only repeats it.
import type { ReactNode } from 'react';

const paths = {
  live: 'M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7.8 7.8a6 6 0 0 0 0 8.4M16.2 7.8a6 6 0 0 1 0 8.4M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14',
  history: 'M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4.5v4h4M12 8v4.5l3 1.8',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
  pairing: 'M10 14l4-4M8.5 11.5l-2 2a3.2 3.2 0 0 0 4.5 4.5l2-2M15.5 12.5l2-2A3.2 3.2 0 0 0 13 6l-2 2',
  question: 'M9 9.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1.1-1.4 2.1M12 17.5v.2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  mark: 'M7 4h10v16l-5-4-5 4z',
  rest: 'M5 9h11v5a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 10.5h1.5a2.2 2.2 0 0 1 0 4.4H16M8.5 3.5v2M12.5 3.5v2',
  help: 'M12 3.5l8.5 15.5h-17zM12 9.5v4.5M12 16.5v.2',
  gift: 'M4.5 10h15v10h-15zM3.5 7h17v3h-17zM12 7v13M12 7c-4.5 0-5.5-4-3-4 2 0 3 4 3 4s1-4 3-4c2.500 0 1.5 4-3 4',
  camera: 'M4 7.500h10.500v9H4zM14.500 11l5.500-3v8l-5.500-3',
  microphone:
    'M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4M6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3',
  pulse: 'M3.500 12h4l2.500-6 4 12 2.500-6h4',
  load: 'M5 17a8 8 0 1 1 14 0M12 13l3.500-4',
  eyeOff:
    'M4 4l16 16M9.500 6.300A9.600 9.600 0 0 1 12 6c5 0 8.500 6 8.500 6a15 15 0 0 1-2.600 3.200M6.200 8.200A15 15 0 0 0 3.500 12s3.500 6 8.500 6a9 9 0 0 0 3.600-.8',
  eye: 'M3.500 12S7 6 12 6s8.500 6 8.500 6-3.500 6-8.500 6-8.500-6-8.500-6M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5',
  sun: 'M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600L7 7M17 17l1.400 1.400M5.600 18.400L7 17M17 7l1.400-1.400',
  moon: 'M19 14.500A7.500 7.500 0 0 1 9.500 5a7.500 7.500 0 1 0 9.500 9.500',
  search: 'M10.500 5a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11M14.800 14.800L19.500 19.500',
  pause: 'M8.500 6v12M15.500 6v12',
  play: 'M8 5.500l10 6.500-10 6.500z',
  stop: 'M7 7h10v10H7z',
  bulb: 'M9.500 17h5M10.500 20h3M8.500 13.500a5 5 0 1 1 7 0c-.8.8-1 1.700-1 3.500h-5c0-1.800-.2-2.700-1-3.500',
  star: 'M12 4l2.400 5.100 5.600.7-4.100 3.900 1 5.500-4.900-2.700-4.900 2.700 1-5.500L4 9.800l5.600-.7z',
  back: 'M14.500 6l-6 6 6 6',
  file: 'M7 3.500h7l4 4v13H7zM14 3.500v4h4',
  grip: 'M9 6.500v.1M15 6.500v.1M9 12v.1M15 12v.1M9 17.500v.1M15 17.500v.1',
  refresh: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400L19.500 9M19.500 4.500V9H15',
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the current text colour; hidden from screen readers, since a word always stands beside it. */
export function Icon({
  name,
  size = 16,
  filled = false,
}: {
  name: IconName;
  size?: number;
  filled?: boolean;
}): ReactNode {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={size <= 14 ? 2 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
