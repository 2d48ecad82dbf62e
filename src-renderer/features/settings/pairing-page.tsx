import type { PairingView } from '@app/shared/view';
import { errorWords } from '@app/shared/words/words';
import { Button, Input, Popconfirm, Switch } from 'antd';
import { type FormEvent, useState } from 'react';
import { codeOf, request } from '../../app-api.ts';
import { act, openPage, readAll, useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { ErrorBox, Loading, Panel } from '../../ui/states.tsx';
import { SyncedFields } from './data-settings.tsx';
import { SettingRow } from './setting-row.tsx';

const keep = (pairing: PairingView | null) => pairing && useApp.setState({ pairing });

/** Whether an address may be paired with: https, or this computer. */
export function isServerUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return (
      url.protocol === 'https:' ||
      (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    );
  } catch {
    return false;
  }
}

function PairForm() {
  const words = useWords();
  const [form, setForm] = useState({ serverUrl: '', code: '', name: '' });
  const [state, setState] = useState<{ busy: boolean; sentence?: string; code?: string }>({ busy: false });
  const fields = [
    { name: 'serverUrl', label: words.pairing.serverUrl, hint: words.pairing.serverUrlHint, max: 300 },
    { name: 'code', label: words.pairing.code, hint: words.pairing.codeHint, max: 40 },
    { name: 'name', label: words.pairing.name, hint: words.pairing.nameHint, max: 50 },
  ] as const;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { serverUrl: form.serverUrl.trim(), code: form.code.trim(), name: form.name.trim() };
    if (Object.values(input).some((value) => value === ''))
      return setState({ busy: false, sentence: words.pairing.fillAll });
    if (!isServerUrl(input.serverUrl)) return setState({ busy: false, sentence: words.pairing.badUrl });
    setState({ busy: true });
    try {
      keep(await request('pairing.redeem', input));
      setState({ busy: false });
    } catch (error) {
      const code = codeOf(error);
      // The general sentence promises another try by itself, which a first pairing does not get.
      setState(code === 'SERVER_AWAY' ? { busy: false, sentence: words.pairing.serverAway } : { busy: false, code });
    }
  };
  return (
    <form className="pair-form" onSubmit={(event) => void submit(event)} noValidate>
      {fields.map(({ name, label, hint, max }) => (
        <label key={name} className="field" htmlFor={`pair-${name}`}>
          <span>{label}</span>
          <Input
            id={`pair-${name}`}
            name={name}
            value={form[name]}
            placeholder={hint}
            maxLength={max}
            autoComplete="off"
            onChange={(event) => setForm({ ...form, [name]: event.target.value })}
          />
        </label>
      ))}
      <p className="quiet">{words.pairing.notice}</p>
      <details className="pair-fields">
        <summary>{words.pairing.consentWhat}</summary>
        <SyncedFields />
      </details>
      {state.sentence && (
        <p className="tone-warn" role="alert">
          {state.sentence}
        </p>
      )}
      {state.code && <ErrorBox code={state.code} onClose={() => setState({ busy: false })} />}
      <Button type="primary" htmlType="submit" loading={state.busy} data-testid="pair">
        {words.pairing.redeem}
      </Button>
    </form>
  );
}

function Paired({ pairing }: { pairing: PairingView }) {
  const words = useWords();
  const outbox = [
    pairing.waiting > 0 && words.pairing.waiting(words.count(pairing.waiting)),
    pairing.rejected > 0 && words.pairing.rejected(words.count(pairing.rejected)),
  ].filter(Boolean);
  const error = pairing.lastError === null ? null : errorWords(words, pairing.lastError);
  return (
    <>
      <Panel title={words.pairing.paired(pairing.organizationName ?? words.pairing.unnamed)}>
        <SettingRow label={words.pairing.server}>{pairing.serverUrl}</SettingRow>
        <SettingRow label={words.pairing.device}>
          <code className="quiet">{pairing.deviceId}</code>
        </SettingRow>
        <SettingRow label={words.pairing.consent} help={words.pairing.consentHelp}>
          <Button type="link" onClick={() => openPage('settings')}>
            {words.pairing.consentWhat}
          </Button>
          <Switch
            aria-label={words.pairing.consent}
            data-testid="sync-consent"
            checked={pairing.syncConsent}
            onChange={(granted) => void act('consent.set', { kind: 'session_summary', granted }).then(keep)}
          />
        </SettingRow>
      </Panel>
      <Panel
        title={words.pairing.outbox}
        extra={
          <Button size="small" onClick={() => void act('outbox.retry', {}).then(keep)}>
            {words.pairing.retry}
          </Button>
        }
      >
        <SettingRow label={words.pairing.lastSync}>
          {pairing.lastSyncAt === null
            ? words.pairing.never
            : `${words.day(pairing.lastSyncAt)} ${words.clock(pairing.lastSyncAt)}`}
        </SettingRow>
        <SettingRow label={words.pairing.outbox}>
          {outbox.length > 0 ? outbox.join(words.listSeparator) : words.pairing.allSent}
        </SettingRow>
        {error && (
          <SettingRow label={words.pairing.lastError} help={error.next}>
            <span className="tone-warn">{error.what}</span>
          </SettingRow>
        )}
      </Panel>
      <Popconfirm
        title={words.pairing.removeConfirm}
        okText={words.pairing.remove}
        cancelText={words.actions.cancel}
        onConfirm={() => void act('pairing.remove', {}).then(keep)}
      >
        <Button data-testid="unpair">{words.pairing.remove}</Button>
      </Popconfirm>
    </>
  );
}

/** Pairing with an agency's server; consent to send summaries is asked for apart from it. */
export function PairingPage() {
  const words = useWords();
  const pairing = useApp((state) => state.pairing);
  const boot = useApp((state) => state.boot);
  return (
    <div className="column">
      <header className="page-head">
        <h1>{words.pairing.title}</h1>
      </header>
      <p>{words.pairing.intro}</p>
      {!pairing &&
        (boot.state === 'reading' ? (
          <Loading words={words.loading.pairing} />
        ) : (
          <ErrorBox code="ENGINE_AWAY" onRetry={() => void readAll()} />
        ))}
      {pairing && (pairing.paired ? <Paired pairing={pairing} /> : <PairForm />)}
    </div>
  );
}
