// Line icons of the agency web, 24 x 24; the word beside them carries the meaning.
const paths = {
  overview: 'M4 19V11M10 19V5M16 19v-9M21 19H3',
  sessions: 'M4 5h16v11H4zM9 20h6M10.500 8v5l4-2.500z',
  people:
    'M9 5.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3.500 19a5.500 5.500 0 0 1 11 0M16 6a2.700 2.700 0 0 1 0 5.200M17.500 14a5 5 0 0 1 3 5',
  invites: 'M4 6.500h16v11H4zM4 7.500l8 5.500 8-5.500',
  account: 'M12 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M5 20a7 7 0 0 1 14 0',
  consents: 'M6.500 3.500h11v17h-11zM9.500 8.500h5M9.500 12l1.500 1.500 3-3M9.500 17h5',
  eye: 'M3.500 12S7 6 12 6s8.500 6 8.500 6-3.500 6-8.500 6-8.500-6-8.500-6M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5',
  back: 'M14.500 6l-6 6 6 6',
  refresh: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400L19.500 9M19.500 4.500V9H15',
  download: 'M12 4v11M7.500 11L12 15.500l4.500-4.500M5 20h14',
  copy: 'M9 8.500h10.500V20H9zM15 8.500V4H4.500v11.500H9',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  warn: 'M12 3.500l8.500 15.500h-17zM12 9.500v4.500M12 16.500v.2',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  offline:
    'M4 4l16 16M8.500 15.500a5 5 0 0 1 7 0M5.500 12.300a9.500 9.500 0 0 1 4-2.300M14 9.900a9.500 9.500 0 0 1 4.500 2.400M12 19v.2',
  sun: 'M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600L7 7M17 17l1.400 1.400M5.600 18.400L7 17M17 7l1.400-1.400',
  moon: 'M19 14.500A7.500 7.500 0 0 1 9.500 5a7.500 7.500 0 1 0 9.500 9.500',
  language:
    'M4 6h9M8.500 4v2M11 6c-.8 3.500-3 6-6.500 7.500M6 8.500c1.200 2.200 3.200 4 5.500 5M12.500 20l4-9.500 4 9.500M14 17h5',
  signOut: 'M13 4.500H5.500v15H13M10.500 12h9.500M16.500 8.500L20 12l-3.500 3.500',
  device: 'M4 5h16v10.500H4zM9 19.500h6M12 15.500v4',
  plus: 'M12 5v14M5 12h14',
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the colour of the text around it, hidden from screen readers. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size <= 16 ? 2 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The cat's eye, the mark of the app. */
export function CatMark({ size = 28 }: { size?: number }) {
  return (
    <svg className="cat-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M3 17c4-6 8-8.500 13-8.500S25 11 29 17c-4 5-8 7-13 7S7 22 3 17z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <path
        d="M16 8.500c2.200 2.300 3 5 3 7.800s-.8 5.400-3 7.700c-2.200-2.300-3-4.900-3-7.700s.8-5.500 3-7.800z"
        fill="currentColor"
      />
    </svg>
  );
}
