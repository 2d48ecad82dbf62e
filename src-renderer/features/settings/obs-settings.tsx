import type { Settings } from '@app/shared/settings';
import { Button, Input, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { act, saveSettings, say, useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel, StateWord } from '../../ui/states.tsx';
import { SettingRow } from './setting-row.tsx';

/** Whether and how to read OBS's figures; the password goes to the safe store and is not read back. */
export function ObsSettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const state = useApp((app) => app.obs.state);
  const [password, setPassword] = useState('');
  const { enabled, port } = settings.obs;
  const savePassword = async () => {
    if (!(await act('obs.password', { password: password === '' ? null : password }))) return;
    setPassword('');
    say(words.settings.saved);
  };
  return (
    <Panel title={words.settings.sections.obs}>
      <SettingRow
        label={words.settings.obsEnabled}
        help={enabled && words.obsHelp[state] ? words.obsHelp[state] : words.settings.obsHelp}
      >
        {enabled && <StateWord tone={state === 'connected' ? 'good' : 'quiet'}>{words.obs[state]}</StateWord>}
        <Switch
          aria-label={words.settings.obsEnabled}
          data-testid="obs-enabled"
          checked={enabled}
          onChange={(next) => void saveSettings({ obs: { enabled: next } })}
        />
      </SettingRow>
      <SettingRow label={words.settings.obsPort} help={words.settings.obsPortHelp}>
        <InputNumber
          aria-label={words.settings.obsPort}
          disabled={!enabled}
          min={1}
          max={65_535}
          precision={0}
          controls={false}
          changeOnBlur
          value={port}
          onChange={(next) => {
            if (next !== null && next !== port) void saveSettings({ obs: { port: next } });
          }}
        />
      </SettingRow>
      <SettingRow label={words.settings.obsPassword} help={words.settings.obsPasswordHelp}>
        <form
          className="inline-form"
          onSubmit={(event) => {
            event.preventDefault();
            void savePassword();
          }}
        >
          <Input.Password
            aria-label={words.settings.obsPassword}
            autoComplete="off"
            disabled={!enabled}
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button htmlType="submit" disabled={!enabled}>
            {words.settings.obsPasswordSave}
          </Button>
        </form>
      </SettingRow>
    </Panel>
  );
}
