import type { ReactNode } from 'react';

/** A setting: its name and help on the left, its control on the right. */
export function SettingRow({ label, help, children }: { label: string; help?: ReactNode; children: ReactNode }) {
  return (
    <div className="setting">
      <div className="setting-text">
        <p className="setting-label">{label}</p>
        {help && <p className="setting-help">{help}</p>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}
