import type { Device } from '@app/shared/api';
import { Button } from 'antd';
import { useAgency } from '../api/agency.ts';
import { useConfirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icons.tsx';
import { StateWord } from '../ui/states.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** The computers of a person; one in use can be shut off after a question. */
export function DeviceList({ devices, onChanged }: { devices: Device[]; onChanged: () => void }) {
  const words = useWords();
  const { client } = useAgency();
  const { ask, dialog } = useConfirm();
  if (devices.length === 0) return <p className="quiet">{words.person.noDevices}</p>;
  const revoke = async (device: Device) => {
    await client.call('devices.revoke', { params: { id: device.id } });
    onChanged();
  };
  const askFor = (device: Device) =>
    ask({
      title: words.person.revokeTitle(device.name),
      what: words.person.revokeWhat,
      yes: words.person.revokeYes,
      act: () => revoke(device),
    });
  return (
    <>
      {dialog}
      <ul className="devices">
        {devices.map((device) => (
          <DeviceLine key={device.id} device={device} onRevoke={() => askFor(device)} />
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
