import { type ReactNode, useEffect, useRef } from 'react';
import { type ListFilter, toFragment } from './address.ts';

interface PanelProps {
  readonly title: ReactNode;
  readonly filter: ListFilter;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What stands beside the list, or in its place where the window is narrow. Escape closes it. */
export function Panel({ title, filter, onClose, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Focus follows what was opened, and goes back to where it was.
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        document.querySelector('dialog[open]') === null
      )
        onClose();
    };
    addEventListener('keydown', closeOnEscape);
    return () => removeEventListener('keydown', closeOnEscape);
  }, [onClose]);
  return (
    <aside className="panel" aria-labelledby="panel-title">
      <div className="panel-head">
        <h2 id="panel-title" tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <a className="close" href={toFragment({ filter, panel: undefined })}>
          <span className="unseen">Close</span>
        </a>
      </div>
      {children}
    </aside>
  );
}
