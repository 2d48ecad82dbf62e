import { useEffect, useState } from 'react';
import { useApp } from '../../app-store.ts';
import { Icon } from '../../ui/icons.tsx';

/** A short word at the lower edge for three seconds, such as "marked". */
export function Notice() {
  const notice = useApp((state) => state.notice);
  const [shownKey, setShownKey] = useState<number | null>(null);
  useEffect(() => {
    if (!notice) return;
    setShownKey(notice.key);
    const timer = setTimeout(() => setShownKey(null), 3000);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="notice-place" role="status">
      {notice && shownKey === notice.key && (
        <p className="notice">
          <Icon name="check" size={14} />
          {notice.text}
        </p>
      )}
    </div>
  );
}
