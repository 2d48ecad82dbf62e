import { organizationSlug } from '@app/shared/api';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAgency } from '../api/agency.ts';
import { DoorCard } from '../ui/door-card.tsx';
import { Field } from '../ui/field.tsx';
import { goTo } from '../ui/router.tsx';
import { ErrorBox, Note } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useWords } from '../ui/words.ts';

const empty = { name: '', slug: '', username: '', password: '' };

/** The first admin of an agency, by the one-time link; `token` stands behind # in it. */
export function SetupPage({ token }: { token: string }) {
  const words = useWords();
  const agency = useAgency();
  const { isBusy, error, run } = useAct();
  const [given, setGiven] = useState(empty);
  const [isTried, setIsTried] = useState(false);
  const set = (name: keyof typeof empty) => (value: string) => setGiven((old) => ({ ...old, [name]: value }));
  const slugFits = given.slug === '' || organizationSlug.safeParse(given.slug).success;
  const isComplete =
    given.name.trim() !== '' && given.username.trim() !== '' && given.password.length >= 10 && slugFits;
  const wrong = (isWrong: boolean, sentence: string) => (isTried && isWrong ? sentence : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (!isComplete) return;
    const { username, password } = given;
    const isDone = await run(async () => {
      const { organization } = await agency.client.open('auth.setup', {
        body: {
          token,
          organization_name: given.name.trim(),
          username: username.trim(),
          password,
          ...(given.slug ? { organization: given.slug } : {}),
        },
      });
      await agency.signIn({ username: username.trim(), password, organization: organization.slug });
    });
    if (isDone) goTo('/', { replace: true });
  };
  if (token === '') {
    return (
      <DoorCard title={words.setup.title}>
        <Note icon="warn" tone="warn">
          {words.setup.noToken}
        </Note>
      </DoorCard>
    );
  }
  return (
    <DoorCard title={words.setup.title} intro={words.setup.intro}>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={words.setup.name}
          value={given.name}
          onChange={set('name')}
          autoFocus
          maxLength={100}
          error={wrong(given.name.trim() === '', words.setup.fill.name)}
        />
        <Field
          label={words.setup.slug}
          value={given.slug}
          onChange={set('slug')}
          maxLength={40}
          help={words.setup.slugHelp}
          error={wrong(!slugFits, words.setup.fill.slug)}
        />
        <Field
          label={words.setup.username}
          value={given.username}
          onChange={set('username')}
          autoComplete="username"
          maxLength={50}
          error={wrong(given.username.trim() === '', words.signIn.fill.username)}
        />
        <Field
          label={words.setup.password}
          value={given.password}
          onChange={set('password')}
          type="password"
          autoComplete="new-password"
          help={words.setup.passwordHelp}
          error={wrong(given.password.length < 10, words.passwordFill)}
        />
        {error && <ErrorBox error={error} />}
        <Button type="primary" size="large" block htmlType="submit" loading={isBusy}>
          {words.setup.submit}
        </Button>
      </form>
    </DoorCard>
  );
}
