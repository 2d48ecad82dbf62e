// Colours, type and space of every window and of the agency web. Windows turn them into CSS variables and an antd theme.

type Palette = Record<
  | 'ground'
  | 'surface'
  | 'raised'
  | 'hairline'
  | 'text'
  | 'quiet'
  | 'faint'
  | 'accent'
  | 'good'
  | 'note'
  | 'warn'
  | 'critical',
  string
>;

/** The two palettes: dark while live, light for review and for the agency web. */
export const palettes: { dark: Palette; light: Palette } = {
  dark: {
    ground: '#0D1014',
    surface: '#151A21',
    raised: '#1D242D',
    hairline: '#2A323D',
    text: '#E8ECF1',
    quiet: '#A3AFBD',
    faint: '#6B7785',
    accent: '#F2B33D',
    good: '#4CC38A',
    note: '#6CB6FF',
    warn: '#F2B33D',
    critical: '#FF6B6B',
  },
  light: {
    ground: '#F6F7F9',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    hairline: '#DFE3E8',
    text: '#1A2129',
    quiet: '#55616E',
    faint: '#6E7A87',
    accent: '#B77905',
    good: '#18794E',
    note: '#0B68CB',
    warn: '#B77905',
    critical: '#CD2B31',
  },
};

export const fontFamily =
  '"HarmonyOS Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, -apple-system, "Segoe UI", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';
export const fontSizesPx = { small: 12, body: 14, lead: 16, title: 20, display: 28, hero: 40 } as const;
export const spacePx = { inside: 8, between: 16, around: 24 } as const;
export const radiusPx = { control: 8, card: 12 } as const;
/** Okabe and Ito's order for series in charts, readable with colour-blind eyes (jfly.uni-koeln.de/color). */
export const seriesColors = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#F0E442'] as const;

/** The palette as CSS custom properties, `--ground` and so on, for a `:root` rule. */
export function cssVariables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ');
}
