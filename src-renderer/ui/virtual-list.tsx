import { type ReactNode, type UIEvent, useLayoutEffect, useRef, useState } from 'react';

type Props<T> = {
  items: readonly T[];
  rowHeight: number;
  keyOf(item: T): string;
  children(item: T): ReactNode;
  label: string;
  /** Hears whether the list stands at its top. */
  onTop?(atTop: boolean): void;
};

/** A list of equal rows that only draws those in view, and a few around them. */
export function VirtualList<T>({ items, rowHeight, keyOf, children, label, onTop }: Props<T>) {
  const ref = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setView((old) => ({ ...old, height: element.clientHeight }));
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const onScroll = (event: UIEvent<HTMLElement>) => {
    const { scrollTop } = event.currentTarget;
    setView((old) => ({ ...old, top: scrollTop }));
    onTop?.(scrollTop < rowHeight);
  };
  const from = Math.max(0, Math.floor(view.top / rowHeight) - 4);
  const to = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + 4);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={ref} className="virtual" onScroll={onScroll} tabIndex={0} aria-label={label}>
      <ul style={{ height: items.length * rowHeight, position: 'relative' }}>
        {items.slice(from, to).map((item, index) => (
          <li
            key={keyOf(item)}
            className="virtual-row"
            style={{ transform: `translateY(${(from + index) * rowHeight}px)`, height: rowHeight }}
          >
            {children(item)}
          </li>
        ))}
      </ul>
    </section>
  );
}
