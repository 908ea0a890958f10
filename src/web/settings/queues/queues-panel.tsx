import { Alert, Button, Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { hotlineSchema } from '../../../contract/models/hotline-model.ts';
import type { promptsSchema } from '../../../contract/models/prompts-model.ts';
import type { targetsSchema } from '../../../contract/models/targets-model.ts';
import type { tiersSchema } from '../../../contract/models/tiers-model.ts';
import { untranslated } from '../../../kernel/text.ts';
import type { PageProps } from '../../api/page-access.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type Column, PlainTable } from '../../ui/plain-table.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { Labelled, NumberField } from '../labelled.tsx';
import { ModelEditor } from '../model-editor.tsx';
import { type EditedModels, fractionOf, percentOf } from '../use-models.ts';

const names = ['hotline', 'tiers', 'targets', 'prompts'] as const;

/** The line's queues: added from the data, named, and who answers them. */
export const QueuesPanel = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  return (
    <Panel
      title={say('settings.queues')}
      note={say('queues.note')}
      actions={
        <a href={placeHref('settings', { view: 'all', model: 'hotline' })}>{say('settings.expert')}</a>
      }
    >
      <ModelEditor names={names} workspace={workspace} reload={reload}>
        {(models) => <QueuesEditor models={models} workspace={workspace} />}
      </ModelEditor>
    </Panel>
  );
};

/** The models that name queues as one; undefined while one of them is no JSON. */
const lineOf = (models: EditedModels): Line | undefined => {
  const parts = names.map((name) => [name, models.part(name)] as const);
  return parts.some(([, part]) => part === undefined)
    ? undefined
    : (Object.fromEntries(parts) as unknown as Line);
};

const QueuesEditor = ({
  models,
  workspace,
}: { readonly models: EditedModels } & Pick<PageProps, 'workspace'>) => {
  const { say, tell } = useSpeech();
  const line = lineOf(models);
  if (line === undefined) return <p role="alert">{say('models.notJson')}</p>;
  const { queues } = line.hotline;
  const write = (next: Line, mark: string): void =>
    models.editSeveral(
      Object.fromEntries(names.filter((name) => next[name] !== line[name]).map((name) => [name, next[name]])),
      mark,
    );
  const set = (at: number, queue: Queue, mark: string): void =>
    write({ ...line, hotline: { ...line.hotline, queues: queues.with(at, queue) } }, mark);
  const unlisted = unlistedOf(workspace.traffic, line.hotline);
  const without = withoutCalls(workspace.traffic, line.hotline);
  return (
    <>
      {(unlisted.length > 0 || without.length > 0) && (
        <Alert
          type={unlisted.length > 0 ? 'warning' : 'info'}
          showIcon
          title={say(unlisted.length > 0 ? 'queues.seen' : 'queues.withoutCalls')}
          description={
            <Space wrap>
              {without.length > 0 && (
                <Button
                  type="primary"
                  onClick={() => write(likeData(line, workspace.traffic), 'like the data')}
                >
                  {say(unlisted.length > 0 ? 'queues.likeData' : 'queues.onlyInData', {
                    added: unlisted.join(say('list.comma')),
                    removed: without.map(({ name }) => tell(name)).join(say('list.comma')),
                  })}
                </Button>
              )}
              {unlisted.map((queue) => (
                <Button key={queue} onClick={() => write(addQueue(line, queue), `add ${queue}`)}>
                  {say('queues.addSeen', { queue })}
                </Button>
              ))}
            </Space>
          }
        />
      )}
      {queues.map((queue, i) => (
        <QueueForm
          key={i}
          queue={queue}
          hasTraffic={workspace.traffic.some((each) => each.queue === queue.queue)}
          taken={queues.flatMap((each, at) => (at === i ? [] : [each.queue]))}
          wrong={(path) => models.wrong('hotline', `queues.${i}.${path}`)}
          change={(next, field) => set(i, next, `queue.${i}.${field}`)}
          rename={(key) => write(renameQueue(line, queue.queue, key), `queue.${i}.key`)}
          {...(queues.length > 1
            ? { remove: () => write(removeQueue(line, queue.queue), `remove ${queue.queue}`) }
            : {})}
        />
      ))}
      <NewQueue
        taken={queues.map(({ queue }) => queue)}
        add={(key) => write(addQueue(line, key), `add ${key}`)}
      />
      <ServedTable models={models} line={line} />
    </>
  );
};

const NewQueue = ({
  taken,
  add,
}: {
  readonly taken: readonly string[];
  readonly add: (key: string) => void;
}) => {
  const { say } = useSpeech();
  const [key, setKey] = useState('');
  const isTwice = taken.includes(key.trim());
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() === '' || isTwice) return;
        add(key.trim());
        setKey('');
      }}
    >
      <Input
        aria-label={say('queues.newKey')}
        placeholder={say('queues.newKey')}
        value={key}
        maxLength={80}
        style={{ width: 220 }}
        {...(isTwice ? { status: 'error' as const } : {})}
        onChange={(event) => setKey(event.target.value)}
      />
      <Button htmlType="submit">{say('queues.add')}</Button>
      {isTwice && (
        <span role="alert" className="setting-note wrong">
          {say('queues.twice')}
        </span>
      )}
    </form>
  );
};

type Hotline = z.input<typeof hotlineSchema>;
type Queue = Hotline['queues'][number];
type Tiers = z.input<typeof tiersSchema>;

/** All models that name queues: a queue is added, renamed and removed in all of them. */
interface Line {
  readonly hotline: Hotline;
  readonly tiers: Tiers;
  readonly targets: z.input<typeof targetsSchema>;
  readonly prompts: z.input<typeof promptsSchema>;
}

/** Queues that have traffic but stand in no model yet. */
export const unlistedOf = (
  traffic: readonly { readonly queue: string }[],
  { queues }: { readonly queues: readonly { readonly queue: string }[] },
): string[] =>
  traffic.map(({ queue }) => queue).filter((queue) => !queues.some((each) => each.queue === queue));

/** Queues of the models that the data, where there are any, have no calls of, and that are handed none: plans leave them out. */
const withoutCalls = (
  traffic: readonly { readonly queue: string }[],
  { queues }: Hotline,
): readonly Queue[] => {
  const called = new Set(traffic.map(({ queue }) => queue));
  for (let before = -1; before < called.size;) {
    before = called.size;
    for (const { queue, transfers = [] } of queues)
      if (called.has(queue)) for (const { toQueue } of transfers) called.add(toQueue);
  }
  return traffic.length === 0 ? [] : queues.filter(({ queue }) => !called.has(queue));
};

/** A line with the queues of its data, and no tier or prompt that would then have none: what plans go by already. */
export const likeData = (line: Line, traffic: readonly { readonly queue: string }[]): Line => {
  const whole = unlistedOf(traffic, line.hotline).reduce(addQueue, line);
  const { tiers, prompts, ...others } = withoutCalls(traffic, line.hotline).reduce(
    (left, { queue }) => removeQueue(left, queue),
    whole,
  );
  const known = new Set(others.hotline.queues.map(({ queue }) => queue));
  const suits = ({ queues }: (typeof prompts.prompts)[number]): boolean =>
    queues === undefined || queues.some((queue) => known.has(queue));
  return {
    ...others,
    tiers: { ...tiers, tiers: tiers.tiers.filter(({ queues }) => queues.length > 0) },
    prompts: { ...prompts, prompts: prompts.prompts.filter(suits) },
  };
};

/** A line with one queue more, as it would be planned unlisted: like the first queue, answered by the first tier. */
export const addQueue = (line: Line, queue: string): Line => {
  const [pattern] = line.hotline.queues;
  if (pattern === undefined) return line;
  const { transfers: _none, ...like } = pattern;
  const added: Queue = { ...like, queue, name: untranslated(queue), neverDivert: false, smartVoiceShare: 0 };
  return {
    ...line,
    hotline: { ...line.hotline, queues: [...line.hotline.queues, added] },
    tiers: {
      ...line.tiers,
      tiers: line.tiers.tiers.map((tier, i) =>
        i === 0 ? { ...tier, queues: [...tier.queues, { queue, preference: 1 }] } : tier,
      ),
    },
  };
};

/** A line in which a queue has another key, wherever it is named. */
export const renameQueue = (line: Line, from: string, to: string): Line => {
  const name = (queue: string): string => (queue === from ? to : queue);
  const { queues: ofQueues } = line.targets;
  return {
    hotline: {
      ...line.hotline,
      queues: line.hotline.queues.map((each) => ({
        ...each,
        queue: name(each.queue),
        ...(each.transfers === undefined
          ? {}
          : {
              transfers: each.transfers.map((transfer) => ({ ...transfer, toQueue: name(transfer.toQueue) })),
            }),
      })),
    },
    tiers: {
      ...line.tiers,
      tiers: line.tiers.tiers.map((tier) => ({
        ...tier,
        queues: tier.queues.map((route) => ({ ...route, queue: name(route.queue) })),
      })),
    },
    targets: {
      ...line.targets,
      ...(ofQueues === undefined
        ? {}
        : { queues: Object.fromEntries(Object.entries(ofQueues).map(([queue, own]) => [name(queue), own])) }),
    },
    prompts: {
      ...line.prompts,
      prompts: line.prompts.prompts.map((prompt) =>
        prompt.queues === undefined ? prompt : { ...prompt, queues: prompt.queues.map(name) },
      ),
    },
  };
};

/** A line without a queue: nobody answers it, hands calls on to it, or is asked anything of it any more. */
export const removeQueue = (line: Line, queue: string): Line => {
  const { queues: ofQueues } = line.targets;
  return {
    hotline: {
      ...line.hotline,
      queues: line.hotline.queues
        .filter((each) => each.queue !== queue)
        .map((each) =>
          each.transfers === undefined
            ? each
            : { ...each, transfers: each.transfers.filter(({ toQueue }) => toQueue !== queue) },
        ),
    },
    tiers: {
      ...line.tiers,
      tiers: line.tiers.tiers.map((tier) => ({
        ...tier,
        queues: tier.queues.filter((route) => route.queue !== queue),
      })),
    },
    targets: {
      ...line.targets,
      ...(ofQueues === undefined
        ? {}
        : { queues: Object.fromEntries(Object.entries(ofQueues).filter(([each]) => each !== queue)) }),
    },
    prompts: {
      ...line.prompts,
      prompts: line.prompts.prompts.map((prompt) => {
        if (prompt.queues === undefined || !prompt.queues.includes(queue)) return prompt;
        const left = prompt.queues.filter((each) => each !== queue);
        // Without a queue it would play to all: it keeps the one that is gone, and never plays.
        return left.length === 0 ? prompt : { ...prompt, queues: left };
      }),
    },
  };
};

/** Tiers in which one answers a queue as its so-manieth choice; null: not at all. */
export const servedBy = (tiers: Tiers, tier: number, queue: string, preference: number | null): Tiers => ({
  ...tiers,
  tiers: tiers.tiers.map((each, i) => {
    if (i !== tier) return each;
    const stands = each.queues.some((route) => route.queue === queue);
    if (preference === null) return { ...each, queues: each.queues.filter((route) => route.queue !== queue) };
    return {
      ...each,
      queues: stands
        ? each.queues.map((route) => (route.queue === queue ? { ...route, preference } : route))
        : [...each.queues, { queue, preference }],
    };
  }),
});

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
const QueueForm = ({ queue, hasTraffic, taken, wrong, change, rename, remove }: QueueFormProps) => {
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

/** Which tier answers which queue, as its so-manieth choice. */
const ServedTable = ({ models, line }: { readonly models: EditedModels; readonly line: Line }) => {
  const { say, tell } = useSpeech();
  const { tiers } = line.tiers;
  return (
    <>
      <h3>{say('queues.served')}</h3>
      <p className="note">{say('queues.servedNote')}</p>
      <PlainTable
        label={say('queues.served')}
        rows={line.hotline.queues}
        columns={[
          [
            say('settings.queues'),
            'text',
            ({ queue, name }) => (
              <>
                {tell(name)}
                {!tiers.some((tier) => tier.queues.some((route) => route.queue === queue)) && (
                  <span role="alert" className="setting-note wrong">
                    {' '}
                    {say('queues.nobody')}
                  </span>
                )}
              </>
            ),
          ],
          ...tiers.map((tier, at): Column<Line['hotline']['queues'][number]> => [
            tell(tier.name),
            'text',
            ({ queue, name }) => {
              const route = tier.queues.findIndex((each) => each.queue === queue);
              const wrong = models.wrong('tiers', `tiers.${at}.queues.${route}.preference`);
              return (
                <NumberInput
                  aria-label={say('queues.servedBy', { queue: tell(name), tier: tell(tier.name) })}
                  value={tier.queues[route]?.preference ?? null}
                  style={{ width: 72 }}
                  {...(wrong === undefined ? {} : { status: 'error' as const, title: wrong })}
                  onChange={(preference) =>
                    models.edit('tiers', servedBy(line.tiers, at, queue, preference), `served.${at}.${queue}`)
                  }
                />
              );
            },
          ]),
        ]}
      />
      {tiers.map((tier, at) => {
        const wrong = models.wrong('tiers', `tiers.${at}.queues`);
        return wrong === undefined ? null : (
          <p key={tier.tier} role="alert" className="setting-note wrong">
            {tell(tier.name)}: {wrong}
          </p>
        );
      })}
    </>
  );
};
