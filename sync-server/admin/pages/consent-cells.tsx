import type { Consent, ConsentKind } from '@app/shared/api';
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

/** What each kind of consent is about, and how it stands. `given` is said of one that was granted. */
export function ConsentList(props: { kinds: readonly ConsentKind[]; consents: Consent[]; given?: string }) {
  const words = useWords();
  const now = useNow();
  return (
    <dl className="facts">
      {props.kinds.map((kind) => {
        const consent = props.consents.find((one) => one.kind === kind && one.granted);
        const since = consent && words.consent.since(words.day(Date.parse(consent.at), now));
        return (
          <div key={kind}>
            <dt>{words.consent.kind[kind]}</dt>
            <dd>
              {consent ? (
                <>
                  <StateWord tone="good">{props.given ?? words.consent.given}</StateWord>
                  <span className="quiet">
                    {words.line([since ?? '', words.consent.notice(consent.notice_version)])}
                  </span>
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
