import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { request } from '../../app-api.ts';
import { useApp } from '../../app-store.ts';
import { chooseReplay, startRehearsal } from '../../session-actions.ts';
import { CatsEye } from '../../ui/cats-eye.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';

/** The live page while nothing runs: one picture, one sentence, one button; the first time in other words than later. */
export function OffAir() {
  const words = useWords();
  const [isFirst, setIsFirst] = useState(true);
  const ready = useApp((state) => state.boot.state === 'ready');
  useEffect(() => {
    // A list that cannot be read only means that the first-time words stay.
    request('sessions.list', { limit: 1 }).then(
      ({ sessions }) => setIsFirst(sessions.length === 0),
      () => undefined,
    );
  }, []);
  return (
    <div className="off-air">
      <CatsEye />
      <h1>{isFirst ? words.offAir.first : words.offAir.again}</h1>
      <p>{isFirst ? words.offAir.firstHint : words.offAir.againHint}</p>
      <Button
        type="primary"
        size="large"
        disabled={!ready}
        icon={<Icon name="play" />}
        onClick={() => void startRehearsal()}
        data-testid="start"
      >
        {words.actions.start}
      </Button>
      <Button
        type="text"
        icon={<Icon name="file" />}
        onClick={() => void chooseReplay()}
        title={words.offAir.replayNote}
        data-testid="replay"
      >
        {words.actions.replay}
      </Button>
    </div>
  );
}
