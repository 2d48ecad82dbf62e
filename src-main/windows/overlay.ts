// The always-on-top overlay: never focused, click-through unless touched, put back where it was on each display.
import { palettes } from '@app/shared/look/tokens';
import type { Settings } from '@app/shared/settings';
import { BrowserWindow, type Display, screen } from 'electron';
import { pageUrl } from '../security/app-pages.ts';
import { safePreferences } from '../security/window-safety.ts';

const widthPx = 420;
const barHeightPx = 56;
const touchMs = 10_000;
const doublePressMs = 600;

export type Overlay = {
  readonly window: BrowserWindow;
  readonly visible: boolean;
  readonly touchable: boolean;
  /** Shows or hides it. Pressed twice, it stays as it was and can be touched for a while. */
  toggle(): boolean;
  /** Shows it on the main display at its first place. */
  bringBack(): void;
  setHeight(cssPx: number): void;
  move(dx: number, dy: number): void;
  setTouchable(active: boolean): void;
  /** Lets it be touched for ten seconds, and for as long as the mouse stays on it. */
  touchForAWhile(): void;
  apply(settings: Settings['overlay']): void;
};

type Place = { left: number; top: number; displayId: string };
type Handlers = { onMoved(place: Place): void; onChanged(): void };

/** The top-left corner for a place, so that the whole width and the bar stay inside the display's work area. */
export function clampToWorkArea(
  area: { x: number; y: number; width: number; height: number },
  place: { left: number; top: number },
  size: { width: number; height: number },
): { x: number; y: number } {
  const inside = (value: number, low: number, high: number) => Math.round(Math.max(low, Math.min(value, high)));
  return {
    x: inside(area.x + place.left * area.width, area.x, area.x + Math.max(0, area.width - size.width)),
    y: inside(area.y + place.top * area.height, area.y, area.y + Math.max(0, area.height - size.height)),
  };
}

const isInside = (box: { x: number; y: number; width: number; height: number }, at: { x: number; y: number }) =>
  at.x >= box.x && at.y >= box.y && at.x < box.x + box.width && at.y < box.y + box.height;

/** Opens the overlay; it stays until the app ends. */
export function openOverlay(preload: string, first: Settings['overlay'], handlers: Handlers): Overlay {
  let place = first;
  let height = barHeightPx;
  let visible = true;
  let touchable = false;
  let toggledAt = 0;
  let touchTimer: NodeJS.Timeout | undefined;
  const window = new BrowserWindow({
    width: widthPx,
    height: barHeightPx,
    show: false,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    focusable: false,
    hasShadow: false,
    alwaysOnTop: true,
    title: '提猫浮层',
    backgroundColor: palettes.dark.ground,
    webPreferences: { ...safePreferences(preload), backgroundThrottling: false },
  });
  const display = (): Display =>
    screen.getAllDisplays().find((one) => String(one.id) === place.displayId) ?? screen.getPrimaryDisplay();
  const put = () => {
    const size = { width: Math.round(widthPx * place.scale), height: Math.max(8, Math.round(height * place.scale)) };
    const corner = clampToWorkArea(display().workArea, place, size);
    window.setBounds({ ...corner, ...size });
  };
  const protect = () => {
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setIgnoreMouseEvents(!touchable, { forward: true });
    window.setContentProtection(true); // has no effect on Linux; lost by every hide, so set after every show
  };
  const show = () => {
    put();
    window.setOpacity(place.opacity);
    if (!window.isVisible()) window.showInactive();
    protect();
  };
  const hide = () => {
    if (process.platform === 'linux') return window.hide();
    window.setOpacity(0); // hiding would drop the protection from capture
    window.setIgnoreMouseEvents(true, { forward: true });
  };
  const apply = (next: Settings['overlay']) => {
    place = next;
    window.webContents.setZoomFactor(place.scale);
    if (visible) show();
  };
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
  window.once('ready-to-show', () => apply(place));
  window.on('always-on-top-changed', (_event, isOnTop) => {
    if (!isOnTop && visible) protect();
  });
  for (const change of ['display-metrics-changed', 'display-removed', 'display-added'] as const) {
    const again = () => visible && !window.isDestroyed() && put();
    screen.on(change as 'display-added', again);
    window.once('closed', () => screen.off(change as 'display-added', again));
  }
  const setTouchable = (active: boolean) => {
    clearTimeout(touchTimer);
    if (touchable === active) return;
    touchable = active;
    window.setIgnoreMouseEvents(!active, { forward: true });
    handlers.onChanged();
  };
  // Where the system does not forward the mouse to a window it passes through (Linux), no key held over it is seen.
  const touchForAWhile = () => {
    setTouchable(true);
    const end = () => {
      if (window.isDestroyed()) return;
      if (!isInside(window.getBounds(), screen.getCursorScreenPoint())) return setTouchable(false);
      touchTimer = setTimeout(end, 1_000);
    };
    touchTimer = setTimeout(end, touchMs);
  };
  window.once('closed', () => clearTimeout(touchTimer));
  void window.loadURL(pageUrl('overlay'));
  return {
    window,
    get visible() {
      return visible;
    },
    get touchable() {
      return touchable;
    },
    toggle() {
      const isSecond = Date.now() - toggledAt < doublePressMs;
      toggledAt = isSecond ? 0 : Date.now();
      visible = isSecond || !visible;
      if (!visible) setTouchable(false);
      if (visible) show();
      else hide();
      if (isSecond) touchForAWhile();
      handlers.onChanged();
      return visible;
    },
    bringBack() {
      place = { ...place, displayId: null, left: 0.68, top: 0.06 };
      visible = true;
      show();
      handlers.onMoved({ left: place.left, top: place.top, displayId: String(screen.getPrimaryDisplay().id) });
      handlers.onChanged();
    },
    setHeight(cssPx) {
      if (cssPx === height) return;
      height = cssPx;
      if (visible) put();
    },
    move(dx, dy) {
      const area = display().workArea;
      const [x = 0, y = 0] = window.getPosition();
      const left = Math.max(0, Math.min(1, (x + dx - area.x) / area.width));
      const top = Math.max(0, Math.min(1, (y + dy - area.y) / area.height));
      place = { ...place, left, top };
      put();
      handlers.onMoved({ left, top, displayId: String(display().id) });
    },
    setTouchable,
    touchForAWhile,
    apply,
  };
}
