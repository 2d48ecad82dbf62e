import type { Settings } from '@app/shared/settings';
import { Button, Segmented, Slider, Switch } from 'antd';
import { useState } from 'react';
import { act, saveSettings, useApp } from '../../app-store.ts';
import { showAccelerator } from '../../ui/accelerator.ts';
import { useWords } from '../../ui/language.tsx';
import { Loading, Panel } from '../../ui/states.tsx';
import { CatalogueSettings } from './catalogue-settings.tsx';
import { DataSettings } from './data-settings.tsx';
import { DeviceSettings } from './device-settings.tsx';
import { HotkeySettings } from './hotkey-settings.tsx';
import { ObsSettings } from './obs-settings.tsx';
import { SettingRow } from './setting-row.tsx';

function GeneralSettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const { themes } = words.settings;
  return (
    <Panel title={words.settings.sections.general}>
      <SettingRow label={words.settings.language}>
        <Segmented<Settings['language']>
          value={settings.language}
          onChange={(language) => void saveSettings({ language })}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </SettingRow>
      <SettingRow label={words.settings.theme}>
        <Segmented<Settings['theme']>
          value={settings.theme}
          onChange={(theme) => void saveSettings({ theme })}
          options={[
            { value: 'dark', label: themes.dark },
            { value: 'light', label: themes.light },
          ]}
        />
      </SettingRow>
      <SettingRow label={words.settings.reduceMotion} help={words.settings.reduceMotionHelp}>
        <Switch
          aria-label={words.settings.reduceMotion}
          checked={settings.reduceMotion}
          onChange={(reduceMotion) => void saveSettings({ reduceMotion })}
        />
      </SettingRow>
    </Panel>
  );
}

/** A slider that follows the hand at once and saves when it is let go. */
export function SavedSlider(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  disabled?: boolean;
  format(value: number): string;
  onSave(value: number): void;
}) {
  const [moving, setMoving] = useState<number | null>(null);
  const value = moving ?? props.value;
  return (
    <div className="saved-slider">
      <Slider
        ariaLabelForHandle={props.label}
        min={props.min}
        max={props.max}
        step={props.step}
        disabled={props.disabled}
        value={value}
        tooltip={{ open: false }}
        onChange={setMoving}
        onChangeComplete={(next) => {
          setMoving(null);
          props.onSave(next);
        }}
      />
      <span className="slider-value">{props.format(value)}</span>
    </div>
  );
}

/** Electron cannot make a window see-through there. */
const onLinux = navigator.userAgent.includes('Linux');

function OverlaySettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const visible = useApp((state) => state.system?.overlayVisible ?? false);
  const touchable = useApp((state) => state.system?.overlayTouchable ?? false);
  const { overlay } = settings;
  return (
    <Panel title={words.settings.sections.overlay}>
      <SettingRow label={words.settings.overlayShown} help={words.settings.overlayHelp}>
        <Switch
          aria-label={words.settings.overlayShown}
          checked={visible}
          onChange={() => void act('overlay.toggle', {})}
        />
      </SettingRow>
      <SettingRow
        label={words.settings.touch}
        help={words.settings.touchHelp(showAccelerator(settings.hotkeys.toggle))}
      >
        <Button
          disabled={!visible || touchable}
          data-testid="overlay-touch"
          onClick={() => void act('overlay.touch', { active: true })}
        >
          {touchable ? words.settings.touchOn : words.settings.touchNow}
        </Button>
      </SettingRow>
      <SettingRow label={words.settings.scale}>
        <SavedSlider
          label={words.settings.scale}
          value={overlay.scale}
          min={0.75}
          max={2}
          step={0.05}
          format={words.percent}
          onSave={(scale) => void saveSettings({ overlay: { scale } })}
        />
      </SettingRow>
      <SettingRow label={words.settings.opacity} help={onLinux ? words.settings.opacityHelp : undefined}>
        <SavedSlider
          label={words.settings.opacity}
          value={overlay.opacity}
          min={0.3}
          max={1}
          step={0.05}
          disabled={onLinux}
          format={words.percent}
          onSave={(opacity) => void saveSettings({ overlay: { opacity } })}
        />
      </SettingRow>
      <SettingRow label={words.settings.dots} help={words.settings.dotsHelp}>
        <Switch
          aria-label={words.settings.dots}
          checked={overlay.dots}
          onChange={(dots) => void saveSettings({ overlay: { dots } })}
        />
      </SettingRow>
      <SettingRow label={words.settings.bringBack} help={words.settings.bringBackHelp}>
        <Button onClick={() => void act('overlay.bringBack', {})}>{words.settings.bringBack}</Button>
      </SettingRow>
    </Panel>
  );
}

function RetentionSettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const { retention } = settings;
  return (
    <Panel title={words.settings.sections.retention}>
      <SettingRow label={words.settings.danmakuDays} help={words.settings.danmakuDaysHelp}>
        <SavedSlider
          label={words.settings.danmakuDays}
          value={retention.danmakuDays}
          min={1}
          max={365}
          step={1}
          format={words.settings.days}
          onSave={(danmakuDays) => void saveSettings({ retention: { danmakuDays } })}
        />
      </SettingRow>
      <SettingRow label={words.settings.emotionDays} help={words.settings.emotionDaysHelp}>
        <SavedSlider
          label={words.settings.emotionDays}
          value={retention.emotionDays}
          min={0}
          max={30}
          step={1}
          format={words.settings.days}
          onSave={(emotionDays) => void saveSettings({ retention: { emotionDays } })}
        />
      </SettingRow>
    </Panel>
  );
}

/** Everything the streamer can set; a change is saved at once. */
export function SettingsPage() {
  const words = useWords();
  const settings = useApp((state) => state.settings);
  if (!settings) return <Loading words={words.loading.live} />;
  return (
    <div className="column">
      <header className="page-head">
        <h1>{words.settings.title}</h1>
      </header>
      <GeneralSettings settings={settings} />
      <OverlaySettings settings={settings} />
      <HotkeySettings settings={settings} />
      <DeviceSettings settings={settings} />
      <ObsSettings settings={settings} />
      <CatalogueSettings settings={settings} />
      <RetentionSettings settings={settings} />
      <DataSettings />
    </div>
  );
}
