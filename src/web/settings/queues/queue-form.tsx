import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../words/words.tsx';
import { Labelled } from '../labelled.tsx';
import { NumberField } from '../number-field.tsx';
import { fractionOf, percentOf } from '../percent.ts';
import type { Queue } from './queue-parts.ts';

interface QueueFormProps {
  readonly queue: Queue;
  readonly hasTraffic: boolean;
  /** Keys of the other queues. */
  readonly taken: readonly string[];
  readonly wrong: (path: string) => string | undefined;
  readonly change: (queue: Queue, field: string) => void;
  readonly rename: (key: string) => void;
  /** Left out: it is the only one. */
  readonly remove?: () => void;
}

/** One queue: how it is called, how it is answered, and what is assumed of it where data say nothing. */
export const QueueForm = ({ queue, hasTraffic, taken, wrong, change, rename, remove }: QueueFormProps) => {
  const { say, tell } = useSpeech();
  const set = (part: Partial<Queue>): void => change({ ...queue, ...part }, Object.keys(part).join());
  const name = tell(queue.name);
  return (
    <fieldset className="shift-form" aria-label={name}>
      <div className="settings-grid">
        {(['zh-CN', 'en'] as const).map((language) => (
          <Labelled key={language} label={say(`bars.name.${language}`)} wrong={wrong(`name.${language}`)}>
            {(about) => (
              <Input
                {...about}
                value={queue.name[language]}
                onChange={(event) => set({ name: { ...queue.name, [language]: event.target.value } })}
              />
            )}
          </Labelled>
        ))}
        <KeyField queue={queue} hasTraffic={hasTraffic} taken={taken} wrong={wrong} rename={rename} />
        <NumberField
          label={say('queues.priority')}
          note={say('queues.priorityNote')}
          value={queue.priority}
          wrong={wrong('priority')}
          change={(priority) => set({ priority: priority ?? 0 })}
        />
        <NumberField
          label={say('queues.handleTime')}
          note={say('queues.assumedNote')}
          unit={say('queues.seconds')}
          value={queue.assumedHandleTimeSeconds}
          wrong={wrong('assumedHandleTimeSeconds')}
          change={(seconds) => set({ assumedHandleTimeSeconds: seconds ?? 0 })}
        />
        <NumberField
          label={say('queues.patience')}
          note={say('queues.assumedNote')}
          unit={say('queues.seconds')}
          value={queue.assumedPatienceSeconds}
          wrong={wrong('assumedPatienceSeconds')}
          change={(seconds) => set({ assumedPatienceSeconds: seconds ?? 0 })}
        />
        <NumberField
          label={say('queues.smartVoice')}
          unit="%"
          value={percentOf(queue.smartVoiceShare ?? 0)}
          wrong={wrong('smartVoiceShare')}
          change={(percent) => set({ smartVoiceShare: fractionOf(percent ?? 0) })}
        />
      </div>
      <div className="row">
        <Checkbox
          checked={queue.neverDivert === true}
          onChange={(event) => set({ neverDivert: event.target.checked })}
        >
          {say('queues.neverDivert')}
        </Checkbox>
        {remove !== undefined && (
          <Button size="small" danger onClick={remove}>
            {say('queues.remove')}
          </Button>
        )}
      </div>
    </fieldset>
  );
};

/** What data call the queue: renamed wherever it is named once the field is left, never to one that there is. */
const KeyField = ({
  queue: { queue },
  hasTraffic,
  taken,
  wrong,
  rename,
}: Pick<QueueFormProps, 'queue' | 'hasTraffic' | 'taken' | 'wrong' | 'rename'>) => {
  const { say } = useSpeech();
  const [typed, setTyped] = useState<string>();
  const key = typed ?? queue;
  const isTwice = taken.includes(key.trim());
  const done = (): void => {
    const next = key.trim();
    if (next !== queue && next !== '' && !isTwice) rename(next);
    setTyped(undefined);
  };
  return (
    <Labelled
      label={say('queues.key')}
      note={say(hasTraffic ? 'queues.keyNote' : 'queues.noData')}
      wrong={isTwice ? say('queues.twice') : wrong('queue')}
    >
      {(about) => (
        <Input
          {...about}
          value={key}
          maxLength={80}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={done}
          onPressEnter={done}
        />
      )}
    </Labelled>
  );
};
