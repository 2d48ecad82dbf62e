import type { VoiceProfileView } from '@app/shared/view';
import { Button, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { request } from '../../app-api.ts';
import { act, say } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { SettingRow } from './setting-row.tsx';

function saveAs(name: string, json: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  link.download = name;
  link.click();
  // The download has taken its own hold of the data by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** What is kept of the streamer's voice, with its export and its erasure. */
export function VoiceData() {
  const words = useWords();
  const [profile, setProfile] = useState<VoiceProfileView | null>(null);
  useEffect(() => {
    request('voice.get', {}).then(
      (reply) => setProfile(reply.profile ?? null),
      () => setProfile(null),
    );
  }, []);
  const download = async () => {
    const reply = await act('voice.export', {});
    if (reply) saveAs('voice-baseline.json', reply.json);
  };
  const forget = async () => {
    if (!(await act('voice.forget', {}))) return;
    setProfile(null);
    say(words.settings.voiceForgotten);
  };
  const help = profile
    ? words.settings.voiceProfileKept(words.count(profile.clips), words.count(Math.ceil(profile.bytes / 1024)))
    : words.settings.voiceProfileNone;
  return (
    <SettingRow label={words.settings.voiceProfile} help={<span data-testid="voice-kept">{help}</span>}>
      <Button disabled={!profile} onClick={() => void download()} data-testid="voice-export">
        {words.settings.voiceExport}
      </Button>
      <Popconfirm
        title={words.settings.voiceForgetConfirm}
        okText={words.settings.voiceForget}
        cancelText={words.actions.cancel}
        okButtonProps={{ danger: true }}
        disabled={!profile}
        onConfirm={() => void forget()}
      >
        <Button danger disabled={!profile} data-testid="voice-forget">
          {words.settings.voiceForget}
        </Button>
      </Popconfirm>
    </SettingRow>
  );
}
