import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAgency } from '../api/agency.ts';
import { DoorCard } from '../ui/door-card.tsx';
import { Field } from '../ui/field.tsx';
import { goTo, Link } from '../ui/router.tsx';
import { ErrorBox } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useWords } from '../ui/words.ts';

/** An invited admin or assistant sets a password; `code` may stand behind # in the link. */
export function AcceptPage({ code: fromLink }: { code: string }) {
  const words = useWords();
  const agency = useAgency();
  const { isBusy, error, run } = useAct();
  const [code, setCode] = useState(fromLink);
  const [password, setPassword] = useState('');
  const [isTried, setIsTried] = useState(false);
  const codeFits = code.replace(/[\s-]/g, '').length === 10;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (!codeFits || password.length < 10) return;
    const isDone = await run(async () => {
      const made = await agency.client.open('auth.acceptInvite', { body: { code: code.trim(), password } });
      await agency.signIn({ username: made.user.username, password, organization: made.organization.slug });
    });
    if (isDone) goTo('/', { replace: true });
  };
  return (
    <DoorCard title={words.accept.title} intro={words.accept.intro} foot={<Link to="/">{words.accept.toSignIn}</Link>}>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={words.accept.code}
          value={code}
          onChange={setCode}
          autoFocus={fromLink === ''}
          maxLength={20}
          error={isTried && !codeFits ? words.accept.codeFill : undefined}
        />
        <Field
          label={words.setup.password}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="new-password"
          autoFocus={fromLink !== ''}
          help={words.setup.passwordHelp}
          error={isTried && password.length < 10 ? words.passwordFill : undefined}
        />
        {error && <ErrorBox error={error} />}
        <Button type="primary" size="large" block htmlType="submit" loading={isBusy}>
          {words.accept.submit}
        </Button>
      </form>
    </DoorCard>
  );
}
