import { Button, Select } from 'antd';
import { useState } from 'react';
import type { FeedDocument } from '../../contract/documents/feed-documents.ts';
import { may } from '../api/page-access.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useSpeech } from '../words/words.tsx';

/** What stands for "leave its calls out" in a list of queues, whose keys are never empty. */
const leftOut = '';

interface Choice {
  readonly queue: string;
  /** Calls that wait for a choice. */
  readonly count: number;
  /** Null: not chosen yet. */
  readonly as: string | null;
}

/**
 * Queues of the switchboard: those that wait for a choice, those that were chosen, and those that go by their own names. One
 * of the hotline's own name that nothing has come for may be none of the switchboard's.
 */
export const choicesOf = ({
  queues,
  unknownQueues,
  brings,
  came,
}: Pick<FeedDocument, 'queues' | 'unknownQueues' | 'brings' | 'came'>): readonly Choice[] => {
  const named = new Set<string | null>(Object.values(queues));
  return [
    ...unknownQueues.flatMap(({ queue, count }) =>
      Object.hasOwn(queues, queue) ? [] : [{ queue, count, as: null }],
    ),
    ...Object.entries(queues).flatMap(([queue, as]) =>
      queue === as && !came.includes(queue) ? [] : [{ queue, count: 0, as: as ?? leftOut }],
    ),
    ...brings.flatMap((queue) => (named.has(queue) ? [] : [{ queue, count: 0, as: queue }])),
  ];
};

/** Queues of the switchboard: which of the hotline's each is. */
export const FeedQueues = ({
  feed,
  names,
  busy,
  save,
}: {
  readonly feed: FeedDocument;
  /** The hotline's queues and what they are called. */
  readonly names: ReadonlyMap<string, string>;
  readonly busy: boolean;
  readonly save: (queues: FeedDocument['queues']) => void;
}) => {
  const { say } = useSpeech();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const choices = choicesOf(feed);
  if (choices.length === 0) return null;
  const optionsFor = (own: string, as: string | null) => [
    ...[...names].map(([value, label]) => ({ value, label })),
    ...[...new Set([own, as ?? leftOut])].flatMap((value) =>
      names.has(value) || value === leftOut
        ? []
        : [{ value, label: say('feeds.asItself', { queue: value }) }],
    ),
    { value: leftOut, label: say('feeds.leaveOut') },
  ];
  /** Where any is chosen those of their own names are taken because they are named too. */
  const all = (): FeedDocument['queues'] => ({
    ...feed.queues,
    ...Object.fromEntries(
      choices.flatMap(({ queue, as }) => {
        const said = chosen[queue] ?? as;
        return said === null ? [] : [[queue, said === leftOut ? null : said]];
      }),
    ),
  });
  return (
    <>
      <h3>{say('feeds.map')}</h3>
      <p className="note">{say('feeds.mapNote')}</p>
      <PlainTable
        stacks
        label={say('feeds.map')}
        rows={choices}
        keyOf={({ queue }) => queue}
        columns={[
          [say('feeds.switchQueue'), 'text', ({ queue }) => queue],
          [say('feeds.seen'), 'number:0', ({ count }) => count],
          [
            say('feeds.isQueue'),
            'text',
            ({ queue, as }) => (
              <Select
                aria-label={say('feeds.isQueueOf', { queue })}
                style={{ minWidth: 220, width: '100%' }}
                // what is chosen from is shown whole
                popupMatchSelectWidth={false}
                placeholder={say('feeds.choose')}
                value={chosen[queue] ?? as}
                options={optionsFor(queue, as)}
                disabled={!may('putFeed')}
                onChange={(as: string) => setChosen({ ...chosen, [queue]: as })}
              />
            ),
          ],
        ]}
      />
      {may('putFeed') && (
        <Button
          type="primary"
          loading={busy}
          disabled={Object.keys(chosen).length === 0}
          onClick={() => save(all())}
        >
          {say('feeds.saveMap')}
        </Button>
      )}
    </>
  );
};
