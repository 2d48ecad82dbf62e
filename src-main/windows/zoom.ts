type Press = { type: string; key: string; control: boolean; meta: boolean; alt: boolean };

const steps = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** The zoom after a key press: Ctrl or Cmd with +, - or 0, between 75 and 200 %; null for any other press. */
export function zoomAfter({ type, key, control, meta, alt }: Press, zoom: number): number | null {
  if (type !== 'keyDown' || alt || control === meta) return null;
  if (key === '0') return 1;
  if (key === '+' || key === '=') return steps.find((step) => step > zoom + 0.01) ?? 2;
  if (key === '-' || key === '_') return steps.findLast((step) => step < zoom - 0.01) ?? 0.75;
  return null;
}
