import type { Device } from '@app/shared/api';
import { App, Button } from 'antd';
import { useAgency } from '../api/agency.ts';
import { Icon } from '../ui/icons.tsx';
import { ErrorBox, StateWord } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** The computers of a person; one in use can be shut off after a question. */
export function DeviceList({ devices, onChanged }: { devices: Device[]; onChanged: () => void }) {
  const words = useWords();
  const { client } = useAgency();
  const { modal } = App.useApp();
  const { error, run } = useAct();
  if (devices.length === 0) return <p className="quiet">{words.person.noDevices}</p>;
  const revoke = async (device: Device) => {
    await run(() => client.call('devices.revoke', { params: { id: device.id } }));
    onChanged();
  };
  const ask = (device: Device) =>
    modal.confirm({
      title: words.person.revokeTitle(device.name),
      content: words.person.revokeWhat,
      okText: words.person.revokeYes,
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () => revoke(device),
    });
  return (
    <>
      {error && <ErrorBox error={error} />}
      <ul className="devices">
        {devices.map((device) => (
          <DeviceLine key={device.id} device={device} onRevoke={() => ask(device)} />
        ))}
      </ul>
    </>
  );
}

function DeviceLine({ device, onRevoke }: { device: Device; onRevoke: () => void }) {
  const words = useWords();
  const now = useNow();
  const day = (instant: string) => words.day(Date.parse(instant), now);
  const seen = device.last_seen
    ? words.person.seen(words.ago(Math.max(0, now - Date.parse(device.last_seen))))
    : words.person.neverSeen;
  return (
    <li className="device">
      <Icon name="device" size={20} />
      <div className="device-text">
        <p className="device-name">
          {device.name}
          {device.revoked_at ? (
            <StateWord tone="quiet">{words.person.revoked(day(device.revoked_at))}</StateWord>
          ) : (
            <StateWord tone="good">{words.person.inUse}</StateWord>
          )}
        </p>
        <p className="quiet">{words.person.device(device.os, device.app_version)}</p>
        <p className="quiet">{words.line([words.person.paired(day(device.created_at)), seen])}</p>
      </div>
      {!device.revoked_at && (
        <Button size="small" onClick={onRevoke}>
          {words.person.revoke}
        </Button>
      )}
    </li>
  );
}
