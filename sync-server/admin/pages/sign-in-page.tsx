import { Button, type InputRef } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useAgency } from '../api/agency.ts';
import { DoorCard } from '../ui/door-card.tsx';
import { Field } from '../ui/field.tsx';
import { Link } from '../ui/router.tsx';
import { ErrorBox } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useWords } from '../ui/words.ts';

/** Signing in. `ended`: who was signed in under the page that waits behind. */
export function SignInPage({ ended }: { ended?: string }) {
  const words = useWords();
  const card = <SignInCard {...(ended ? { ended } : {})} />;
  useEffect(() => {
    if (!ended) document.title = `${words.signIn.title} · ${words.brand.short}`;
  }, [ended, words]);
  if (!ended) return card;
  return (
    <div className="door-over" role="dialog" aria-modal="true" aria-label={words.signIn.title}>
      {card}
    </div>
  );
}

function SignInCard({ ended }: { ended?: string }) {
  const words = useWords();
  const agency = useAgency();
  const { isBusy, error, run } = useAct();
  const [username, setUsername] = useState(ended ?? '');
  const [password, setPassword] = useState('');
  const [organization, setOrganization] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const passwordInput = useRef<InputRef>(null);
  const asksOrganization = error?.code === 'ORGANIZATION_REQUIRED' || organization !== '';
  const fill = (value: string, sentence: string) => (isMissing && value === '' ? sentence : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(true);
    if (username === '' || password === '') return;
    const isIn = await run(() =>
      agency.signIn({ username, password, ...(organization ? { organization: organization.trim() } : {}) }),
    );
    if (!isIn) passwordInput.current?.focus();
  };
  return (
    <DoorCard
      title={words.signIn.title}
      {...(ended ? { intro: words.signIn.ended } : { foot: <Link to="/accept">{words.signIn.hasCode}</Link> })}
    >
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={words.signIn.username}
          value={username}
          onChange={setUsername}
          autoComplete="username"
          autoFocus={!ended}
          testId="login-username"
          error={fill(username, words.signIn.fill.username)}
        />
        <Field
          label={words.signIn.password}
          value={password}
          onChange={setPassword}
          type="password"
          inputRef={passwordInput}
          autoComplete="current-password"
          autoFocus={Boolean(ended)}
          testId="login-password"
          error={fill(password, words.signIn.fill.password)}
        />
        {asksOrganization && (
          <Field
            label={words.signIn.organization}
            value={organization}
            onChange={setOrganization}
            help={words.signIn.organizationHelp}
            testId="login-organization"
          />
        )}
        {error && <ErrorBox error={error} />}
        <Button type="primary" size="large" block htmlType="submit" loading={isBusy} data-testid="login-submit">
          {words.signIn.submit}
        </Button>
      </form>
    </DoorCard>
  );
}
