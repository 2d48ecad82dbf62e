import type { Consent, ConsentKind, SessionPage } from '@app/shared/api';
import { Icon } from '../ui/icons.tsx';
import { StateWord } from '../ui/states.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** Where a consent is missing: that it is, and why nothing stands here. */
export function MissingConsent({ kind }: { kind: ConsentKind }) {
  const words = useWords();
  return (
    <span className="missing" data-testid="missing-consent">
      <strong>
        <Icon name="lock" size={14} />
        {words.consent.missing}
      </strong>
      <span className="quiet">{words.consent.missingWhy[kind]}</span>
    </span>
  );
}

type State = SessionPage['consents'][number] & Partial<Pick<Consent, 'at' | 'notice_version'>>;

/** What each kind of consent is about, and how it stands. `given` is said of one that was granted. */
export function ConsentList(props: { kinds: readonly ConsentKind[]; consents: State[]; given?: string }) {
  const words = useWords();
  const now = useNow();
  return (
    <dl className="facts">
      {props.kinds.map((kind) => {
        const consent = props.consents.find((one) => one.kind === kind && one.granted);
        const details = [
          consent?.at ? words.consent.since(words.day(Date.parse(consent.at), now)) : '',
          consent?.notice_version ? words.consent.notice(consent.notice_version) : '',
        ].filter(Boolean);
        return (
          <div key={kind}>
            <dt>{words.consent.kind[kind]}</dt>
            <dd>
              {consent ? (
                <>
                  <StateWord tone="good">{props.given ?? words.consent.given}</StateWord>
                  {details.length > 0 && <span className="quiet">{words.line(details)}</span>}
                </>
              ) : (
                <MissingConsent kind={kind} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
