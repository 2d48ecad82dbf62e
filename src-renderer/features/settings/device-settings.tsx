import type { Settings } from '@app/shared/settings';
import type { DeviceChoice } from '@app/shared/view';
import { Select, Switch } from 'antd';
import { saveSettings, useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel, StateWord } from '../../ui/states.tsx';
import { SettingRow } from './setting-row.tsx';

function DeviceSelect(props: {
  label: string;
  value: string | null;
  choices: DeviceChoice[];
  disabled: boolean;
  onChange(id: string | null): void;
}) {
  const words = useWords();
  const known = props.value === null || props.choices.some((choice) => choice.id === props.value);
  return (
    <Select<string>
      className="device-select"
      aria-label={props.label}
      disabled={props.disabled}
      value={known ? (props.value ?? '') : (props.value ?? '')}
      onChange={(id) => props.onChange(id === '' ? null : id)}
      options={[
        { value: '', label: words.settings.systemDefault },
        ...props.choices.map((choice) => ({ value: choice.id, label: choice.label || choice.id })),
        ...(known ? [] : [{ value: props.value as string, label: words.device.missing }]),
      ]}
    />
  );
}

/** Consent and choice for camera and microphone: both off until the streamer ticks them. */
export function DeviceSettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const system = useApp((state) => state.system);
  const { devices } = settings;
  return (
    <Panel title={words.settings.sections.devices}>
      <SettingRow label={words.settings.allowCamera} help={words.settings.cameraPurpose}>
        <Switch
          aria-label={words.settings.allowCamera}
          data-testid="allow-camera"
          checked={devices.cameraAllowed}
          onChange={(cameraAllowed) => void saveSettings({ devices: { cameraAllowed } })}
        />
      </SettingRow>
      <SettingRow
        label={words.settings.camera}
        help={system && devices.cameraAllowed ? words.cameraHelp[system.camera.state] : undefined}
      >
        {system && devices.cameraAllowed && (
          <StateWord tone={system.camera.state === 'on' ? 'good' : 'quiet'}>
            {words.device[system.camera.state]}
          </StateWord>
        )}
        <DeviceSelect
          label={words.settings.camera}
          value={devices.cameraId}
          choices={system?.cameras ?? []}
          disabled={!devices.cameraAllowed}
          onChange={(cameraId) => void saveSettings({ devices: { cameraId } })}
        />
      </SettingRow>
      <SettingRow label={words.settings.allowMicrophone} help={words.settings.microphonePurpose}>
        <Switch
          aria-label={words.settings.allowMicrophone}
          data-testid="allow-microphone"
          checked={devices.microphoneAllowed}
          onChange={(microphoneAllowed) => void saveSettings({ devices: { microphoneAllowed } })}
        />
      </SettingRow>
      <SettingRow
        label={words.settings.microphone}
        help={system && devices.microphoneAllowed ? words.microphoneHelp[system.microphone.state] : undefined}
      >
        {system && devices.microphoneAllowed && (
          <StateWord tone={system.microphone.state === 'on' ? 'good' : 'quiet'}>
            {words.device[system.microphone.state]}
          </StateWord>
        )}
        <DeviceSelect
          label={words.settings.microphone}
          value={devices.microphoneId}
          choices={system?.microphones ?? []}
          disabled={!devices.microphoneAllowed}
          onChange={(microphoneId) => void saveSettings({ devices: { microphoneId } })}
        />
      </SettingRow>
      <p className="panel-foot">{words.settings.consentNote}</p>
    </Panel>
  );
}
