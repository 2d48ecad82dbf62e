import { useWords } from './language.tsx';

/** The calm, half-open eye of the first page. */
export function CatsEye() {
  return (
    <svg
      className="cats-eye"
      width="280"
      height="132"
      viewBox="0 0 280 132"
      role="img"
      aria-label={useWords().offAir.pictureAlt}
    >
      <defs>
        <radialGradient id="iris" cx="0.5" cy="0.42" r="0.62">
          <stop offset="0" stopColor="var(--accent)" stopOpacity="0.95" />
          <stop offset="0.62" stopColor="var(--accent)" stopOpacity="0.55" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0.12" />
        </radialGradient>
        <clipPath id="lids">
          <path d="M20 78C58 40 104 26 150 30s84 24 110 44c-30 28-72 42-116 42S52 106 20 78z" />
        </clipPath>
      </defs>
      <g clipPath="url(#lids)">
        <rect width="280" height="132" fill="var(--surface)" />
        <circle cx="144" cy="72" r="52" fill="url(#iris)" />
        <g stroke="var(--ground)" strokeOpacity="0.28" strokeWidth="1.5">
          {Array.from({ length: 36 }, (_, index) => {
            const angle = (index * Math.PI) / 18;
            const [x, y] = [Math.cos(angle), Math.sin(angle)];
            return <path key={angle} d={`M${144 + x * 24} ${72 + y * 24}L${144 + x * 50} ${72 + y * 50}`} />;
          })}
        </g>
        <path d="M144 22c13 16 17 33 17 50s-4 34-17 50c-13-16-17-33-17-50s4-34 17-50z" fill="var(--ground)" />
        <ellipse cx="133" cy="52" rx="5" ry="8" fill="var(--text)" fillOpacity="0.85" />
      </g>
      <path
        d="M12 82C52 40 100 24 150 28s90 26 120 46"
        fill="none"
        stroke="var(--text)"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path
        d="M24 84c34 24 76 34 120 34s84-14 112-38"
        fill="none"
        stroke="var(--quiet)"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** The eye as the app's mark, 32 px. */
export function CatMark() {
  return (
    <svg className="cat-mark" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M3 17c4-6 8-8.500 13-8.500S25 11 29 17c-4 5-8 7-13 7S7 22 3 17z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
      <path
        d="M16 8.500c2.200 2.300 3 5 3 7.800s-.8 5.400-3 7.700c-2.200-2.300-3-4.900-3-7.700s.8-5.500 3-7.800z"
        fill="currentColor"
      />
    </svg>
  );
}
