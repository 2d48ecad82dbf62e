import { Button, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAgency, useMember } from '../api/agency.ts';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icons.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { type Preferences, setPreference, usePreferences } from '../ui/preferences.ts';
import { ErrorBox, Note, Panel } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useWords } from '../ui/words.ts';
import { NewOrganization } from './new-organization.tsx';

/** One's own account: language and look, password, signing out. */
export function AccountPage() {
  const words = useWords();
  const { user, organization } = useMember();
  return (
    <>
      <PageHead
        title={words.account.title}
        sub={words.line([user.username, words.role[user.role], organization.name])}
      />
      {user.role === 'assistant' && <Note icon="account">{words.account.assistantNote}</Note>}
      <div className="columns">
        <LookPanel />
        <SignOutPanel />
        <PasswordPanel />
        {user.role === 'super_admin' && <NewOrganization />}
      </div>
    </>
  );
}

function LookPanel() {
  const words = useWords();
  const { language, theme } = usePreferences();
  return (
    <Panel title={words.account.look}>
      <div className="field">
        <span id="account-language" className="label">
          {words.account.language}
        </span>
        <Segmented<Preferences['language']>
          aria-labelledby="account-language"
          value={language}
          onChange={(value) => setPreference({ language: value })}
          options={[
            { value: 'zh', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
        />
      </div>
      <div className="field">
        <span id="account-theme" className="label">
          {words.account.theme}
        </span>
        <Segmented<Preferences['theme']>
          aria-labelledby="account-theme"
          value={theme}
          onChange={(value) => setPreference({ theme: value })}
          options={[
            { value: 'light', label: words.actions.toLight },
            { value: 'dark', label: words.actions.toDark },
          ]}
        />
      </div>
    </Panel>
  );
}

function SignOutPanel() {
  const words = useWords();
  const agency = useAgency();
  const { user, organization } = useMember();
  const { isBusy, error, run } = useAct();
  return (
    <Panel title={words.account.session}>
      <p>{words.account.who(user.username, organization.name)}</p>
      {error && <ErrorBox error={error} />}
      <Button
        className="form-submit"
        icon={<Icon name="signOut" />}
        loading={isBusy}
        onClick={() => void run(() => agency.signOut())}
        data-testid="sign-out"
      >
        {words.actions.signOut}
      </Button>
    </Panel>
  );
}

function PasswordPanel() {
  const words = useWords();
  const { client } = useAgency();
  const { user } = useMember();
  const { isBusy, error, clear, run } = useAct();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isTried, setIsTried] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const isWrong = error?.code === 'WRONG_LOGIN';
  const currentError = isWrong
    ? words.account.wrongCurrent
    : isTried && !current
      ? words.account.currentFill
      : undefined;
  const nextError = next.length < 10 ? words.passwordFill : next === current ? words.account.same : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    setIsDone(false);
    if (current === '' || nextError) return;
    const body = { current_password: current, new_password: next };
    if (!(await run(() => client.call('me.password', { body })))) return;
    setCurrent('');
    setNext('');
    setIsTried(false);
    setIsDone(true);
  };
  return (
    <Panel title={words.account.password}>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        {/* Password managers look for whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
        <Field
          label={words.account.current}
          value={current}
          onChange={(value) => {
            setCurrent(value);
            clear();
          }}
          type="password"
          autoComplete="current-password"
          error={currentError}
        />
        <Field
          label={words.account.next}
          value={next}
          onChange={setNext}
          type="password"
          autoComplete="new-password"
          help={words.account.sameHelp}
          error={isTried ? nextError : undefined}
        />
        {error && !isWrong && <ErrorBox error={error} />}
        <Button type="primary" htmlType="submit" loading={isBusy} className="form-submit">
          {words.account.change}
        </Button>
        <p role="status" className="said">
          {isDone ? words.account.changed : ''}
        </p>
      </form>
    </Panel>
  );
}
