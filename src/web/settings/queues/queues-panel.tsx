import { Alert, Button, Input, Space } from 'antd';
import { useState } from 'react';
import type { PageProps } from '../../page-props.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { ModelEditor } from '../model-editor.tsx';
import type { EditedModels } from '../use-models.ts';
import { addQueue, removeQueue, renameQueue, unlistedOf, type Line, type Queue } from './queue-parts.ts';
import { QueueForm } from './queue-form.tsx';
import { ServedTable } from './served-table.tsx';

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
  const { say } = useSpeech();
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
  return (
    <>
      {unlisted.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say('queues.seen')}
          description={
            <Space wrap>
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
