import type { ReactNode } from 'react';
import { CatMark } from './icons.tsx';
import { setPreference, usePreferences } from './preferences.ts';
import { useWords } from './words.ts';

/** The card in front of the agency web: signing in, setting up, accepting an invite. */
export function DoorCard(props: { title: string; intro?: ReactNode; foot?: ReactNode; children: ReactNode }) {
  const words = useWords();
  return (
    <main className="door">
      <section className="door-card" aria-label={props.title}>
        <CatMark size={40} />
        <h1>{props.title}</h1>
        {props.intro && <p className="door-intro">{props.intro}</p>}
        {props.children}
        {props.foot && <p className="door-foot">{props.foot}</p>}
      </section>
      <LanguageSwitch label={words.otherLanguage.label} code={words.otherLanguage.code} />
    </main>
  );
}

/** Goes over to the other language, which is named in that language. */
function LanguageSwitch({ label, code }: { label: string; code: string }) {
  const language = usePreferences((state) => state.language);
  return (
    <button
      type="button"
      className="link-button"
      lang={code}
      onClick={() => setPreference({ language: language === 'zh' ? 'en' : 'zh' })}
    >
      {label}
    </button>
  );
}
