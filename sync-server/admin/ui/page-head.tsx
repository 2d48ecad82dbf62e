import { type ReactNode, useEffect } from 'react';
import { Icon } from './icons.tsx';
import { Link } from './router.tsx';
import { useWords } from './words.ts';

/** The title of a page, with what stands under and beside it; it is also the title of the window. */
export function PageHead(props: {
  title: string;
  sub?: ReactNode;
  extra?: ReactNode;
  back?: { to: string; name: string };
}) {
  const words = useWords();
  useEffect(() => {
    document.title = `${props.title} · ${words.brand.short}`;
  }, [props.title, words]);
  return (
    <header className="page-head">
      {props.back && (
        <Link to={props.back.to} className="back">
          <Icon name="back" />
          {props.back.name}
        </Link>
      )}
      <div className="page-title">
        <div>
          <h1>{props.title}</h1>
          {props.sub && <p className="page-sub">{props.sub}</p>}
        </div>
        {props.extra && <div className="page-extra">{props.extra}</div>}
      </div>
    </header>
  );
}
