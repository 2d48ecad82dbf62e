import { Menu, nativeImage, Tray } from 'electron';

export type TrayActions = { show(): void; toggleOverlay(): void; bringBack(): void; quit(): void };

const labels = {
  zh: { show: '打开工作台', toggle: '显示或隐藏浮层', back: '找回浮层', quit: '退出' },
  en: { show: 'Open workstation', toggle: 'Show or hide overlay', back: 'Bring overlay back', quit: 'Quit' },
};

export type AppTray = { setLanguage(language: 'zh' | 'en'): void; destroy(): void };

function menuFor(language: 'zh' | 'en', actions: TrayActions): Menu {
  const words = labels[language];
  return Menu.buildFromTemplate([
    { label: words.show, click: actions.show },
    { label: words.toggle, click: actions.toggleOverlay },
    { label: words.back, click: actions.bringBack },
    { type: 'separator' },
    { label: words.quit, click: actions.quit },
  ]);
}

/** Puts the icon into the tray; null where the desktop has none. */
export function openTray(icon: string, language: 'zh' | 'en', actions: TrayActions): AppTray | null {
  try {
    const tray = new Tray(nativeImage.createFromPath(icon).resize({ width: 22, height: 22 }));
    tray.setToolTip('提猫直播伴侣');
    tray.setContextMenu(menuFor(language, actions));
    tray.on('click', actions.show);
    return { setLanguage: (next) => tray.setContextMenu(menuFor(next, actions)), destroy: () => tray.destroy() };
  } catch {
    return null;
  }
}
