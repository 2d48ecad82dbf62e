import { organizationSlug } from '@app/shared/api';
import type { Answer } from '@app/shared/api-routes';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAgency } from '../api/agency.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorBox, Panel } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** A server admin makes another agency and gets the link for its first admin, shown once. */
export function NewOrganization() {
  const words = useWords();
  const now = useNow();
  const { client } = useAgency();
  const { isBusy, error, run } = useAct();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  const [isTried, setIsTried] = useState(false);
  const [made, setMade] = useState<Answer<'orgs.make'> | null>(null);
  const slugFits = organizationSlug.safeParse(slug).success;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (name.trim() === '' || !slugFits) return;
    await run(async () => setMade(await client.call('orgs.make', { body: { name: name.trim(), slug } })));
  };
  if (made) {
    return (
      <Panel title={words.account.organizationLink}>
        <p>{made.organization.name}</p>
        <code className="long-code">{made.setup_link}</code>
        <p className="quiet">{words.account.organizationExpires(words.day(Date.parse(made.expires_at), now))}</p>
        <CopyButton className="act" text={made.setup_link} label={words.invites.copyLink} />
      </Panel>
    );
  }
  return (
    <Panel title={words.account.organizations}>
      <p className="quiet">{words.account.organizationsHelp}</p>
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={words.setup.name}
          value={name}
          onChange={setName}
          maxLength={100}
          error={isTried && name.trim() === '' ? words.setup.fill.name : undefined}
        />
        <Field
          label={words.signIn.organization}
          value={slug}
          onChange={setSlug}
          maxLength={40}
          error={isTried && !slugFits ? words.setup.fill.slug : undefined}
        />
        {error && <ErrorBox error={error} />}
        <Button htmlType="submit" loading={isBusy} className="form-submit">
          {words.account.organizationMake}
        </Button>
      </form>
    </Panel>
  );
}
