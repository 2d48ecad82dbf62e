import { Button, Popconfirm } from 'antd';
import { act, say, useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/states.tsx';
import { SettingRow } from './setting-row.tsx';
import { VoiceData } from './voice-data.tsx';

/** Every field of a summary by its name in the contract and in words. */
export function SyncedFields() {
  const words = useWords();
  return (
    <dl className="synced-fields">
      {Object.entries(words.syncedFields).map(([field, meaning]) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What leaves this computer, field by field, and the button that erases everything. */
export function DataSettings() {
  const words = useWords();
  const pairing = useApp((state) => state.pairing);
  const running = useApp((state) => state.live.session !== null);
  const leaves = pairing?.paired && pairing.syncConsent && pairing.serverUrl;
  const erase = async () => {
    const reply = await act('data.erase', {});
    if (!reply) return;
    useApp.setState({ endedId: null, reportId: null }); // there is no report any more to be offered
    say(words.settings.erased(words.count(reply.rows)));
  };
  return (
    <Panel title={words.settings.sections.data}>
      <h3 className="setting-title">{words.settings.leaves}</h3>
      <p>{leaves ? words.settings.leavesOn(pairing.serverUrl ?? '') : words.settings.leavesNone}</p>
      <p className="quiet">{words.settings.leavesList}</p>
      <SyncedFields />
      <p className="quiet">{words.settings.neverLeaves}</p>
      <VoiceData />
      <SettingRow
        label={words.settings.erase}
        help={running ? words.settings.eraseWhileLive : words.settings.eraseHelp}
      >
        <Popconfirm
          title={words.settings.eraseConfirm}
          okText={words.settings.eraseYes}
          cancelText={words.actions.cancel}
          okButtonProps={{ danger: true }}
          disabled={running}
          onConfirm={() => void erase()}
        >
          <Button danger disabled={running} data-testid="erase">
            {words.settings.erase}
          </Button>
        </Popconfirm>
      </SettingRow>
    </Panel>
  );
}
