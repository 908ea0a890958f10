import { Button, Select } from 'antd';
import type { z } from 'zod';
import type { targetsSchema } from '../../../contract/models/targets-model.ts';
import type { tiersSchema } from '../../../contract/models/tiers-model.ts';
import type { PageProps } from '../../api/page-access.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { ClockField, Labelled, NumberField } from '../labelled.tsx';
import { ModelEditor } from '../model-editor.tsx';
import { unlistedOf } from '../queues/queues-panel.tsx';
import { type EditedModels, fractionOf, percentOf } from '../use-models.ts';

type Tiers = z.input<typeof tiersSchema>;

/** What plans must reach, each target with what it means; those of single queues and tiers below. */
export const TargetsPanel = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  return (
    <Panel
      title={say('settings.targets')}
      note={say('goal.note', { n: workspace.hotline.answerTimeThresholdSeconds })}
      actions={
        <a href={placeHref('settings', { view: 'all', model: 'targets' })}>{say('settings.expert')}</a>
      }
    >
      <ModelEditor names={['targets', 'tiers']} workspace={workspace} reload={reload}>
        {(models) => <TargetsEditor models={models} workspace={workspace} />}
      </ModelEditor>
    </Panel>
  );
};

interface EditorProps extends Pick<PageProps, 'workspace'> {
  readonly models: EditedModels;
}

const TargetsEditor = ({ models, workspace }: EditorProps) => {
  const { say } = useSpeech();
  const targets = models.part('targets') as Targets | undefined;
  if (targets === undefined) return <p role="alert">{say('models.notJson')}</p>;
  const set = (part: Partial<Record<keyof Targets, unknown>>): void =>
    models.edit('targets', { ...targets, ...part }, Object.keys(part).join());
  const rate = (
    name: 'connectionRate' | 'serviceLevel' | 'rollingConnectionRate' | 'occupancyMax' | 'confidence',
  ) => {
    const value = targets[name];
    return (
      <NumberField
        label={say(`goal.${name}`, { n: workspace.hotline.answerTimeThresholdSeconds })}
        note={say(`goal.${name}.means`)}
        unit="%"
        value={value === null ? null : percentOf(value)}
        wrong={models.wrong('targets', name)}
        change={(percent) => set({ [name]: percent === null ? null : fractionOf(percent) })}
      />
    );
  };
  return (
    <>
      <div className="settings-grid wide">
        {rate('connectionRate')}
        {rate('rollingConnectionRate')}
        {rate('serviceLevel')}
        {rate('confidence')}
        {rate('occupancyMax')}
        <NumberField
          label={say('goal.minimumOperators')}
          note={say('goal.minimumOperators.means')}
          unit={say('bars.people')}
          value={targets.minimumOperators}
          wrong={models.wrong('targets', 'minimumOperators')}
          change={(minimumOperators) => set({ minimumOperators })}
        />
      </div>
      <PresenceRows
        rows={targets.minimumPresence ?? []}
        wrong={(path) => models.wrong('targets', `minimumPresence.${path}`)}
        change={(rows, field) => {
          const { minimumPresence: _before, ...others } = targets;
          models.edit('targets', rows.length === 0 ? others : { ...others, minimumPresence: rows }, field);
        }}
      />
      <QueueTargetsTable models={models} targets={targets} workspace={workspace} />
      <TierTargets models={models} />
    </>
  );
};

/** Queues of which more is asked than of the line. */
const QueueTargetsTable = ({ models, targets, workspace }: EditorProps & { readonly targets: Targets }) => {
  const { say, tell } = useSpeech();
  const all: QueueTargets = targets.queues ?? {};
  const { hotline, traffic } = workspace;
  const unlisted = unlistedOf(traffic, hotline);
  const hasCalls = (queue: string): boolean => traffic.some((each) => each.queue === queue);
  // Queues of another line, as long as the data's own stand in no setting.
  const shown = hotline.queues.filter(
    ({ queue }) => unlisted.length === 0 || queue in all || hasCalls(queue),
  );
  return (
    <>
      <h3>{say('goal.queues')}</h3>
      <p className="note">{say('goal.queuesNote')}</p>
      {unlisted.length > 0 && (
        <p className="note">
          {say('goal.unlisted', { queues: unlisted.join(say('list.comma')) })}{' '}
          <a href={placeHref('settings', { view: 'queues' })}>{say('settings.queues')}</a>
        </p>
      )}
      {shown.map(({ queue, name }) => (
        <div key={queue} className="goal-row" role="group" aria-label={tell(name)}>
          <strong>{tell(name)}</strong>
          {(['connectionRate', 'serviceLevel'] as const).map((rate) => {
            const value = all[queue]?.[rate];
            return (
              <NumberField
                key={rate}
                label={say(`goal.${rate}.short`, { n: workspace.hotline.answerTimeThresholdSeconds })}
                unit="%"
                value={typeof value === 'number' ? percentOf(value) : null}
                wrong={models.wrong('targets', `queues.${queue}.${rate}`)}
                change={(percent) =>
                  models.edit(
                    'targets',
                    {
                      ...targets,
                      queues: queueTarget(
                        all,
                        queue,
                        rate,
                        percent === null ? undefined : fractionOf(percent),
                      ),
                    },
                    `queues.${queue}.${rate}`,
                  )
                }
              />
            );
          })}
        </div>
      ))}
    </>
  );
};

/** Tiers whose own calls must reach more than the line's. */
const TierTargets = ({ models }: { readonly models: EditedModels }) => {
  const { say, tell } = useSpeech();
  const model = models.part('tiers') as Tiers | undefined;
  if (model === undefined) return null;
  return (
    <>
      <h3>{say('goal.tiers')}</h3>
      <p className="note">{say('goal.tiersNote')}</p>
      <div className="settings-grid">
        {model.tiers.map((tier, i) => (
          <NumberField
            key={tier.tier}
            label={tell(tier.name)}
            unit="%"
            value={tier.connectionTarget === null ? null : percentOf(tier.connectionTarget)}
            wrong={models.wrong('tiers', `tiers.${i}.connectionTarget`)}
            change={(percent) =>
              models.edit(
                'tiers',
                {
                  ...model,
                  tiers: model.tiers.with(i, {
                    ...tier,
                    connectionTarget: percent === null ? null : fractionOf(percent),
                  }),
                },
                `target.${i}`,
              )
            }
          />
        ))}
      </div>
    </>
  );
};

/** Hours in which more operators must be there than at all times. */
const PresenceRows = ({
  rows,
  wrong,
  change,
}: {
  readonly rows: readonly Presence[];
  readonly wrong: (path: string) => string | undefined;
  readonly change: (rows: readonly Presence[], field: string) => void;
}) => {
  const { say, format } = useSpeech();
  return (
    <>
      <h3>{say('presence.title')}</h3>
      <p className="note">{say('presence.note')}</p>
      {rows.map((row, i) => {
        const set = (part: Partial<Presence>): void =>
          change(rows.with(i, { ...row, ...part }), `presence.${i}.${Object.keys(part).join()}`);
        return (
          <div key={i} className="presence-row" role="group" aria-label={say('presence.row', { n: i + 1 })}>
            <ClockField
              label={say('presence.from')}
              value={row.from}
              wrong={wrong(`${i}.from`)}
              change={(from) => set({ from })}
            />
            <ClockField
              label={say('presence.to')}
              value={row.to}
              wrong={wrong(`${i}.to`)}
              change={(to) => set({ to })}
            />
            <NumberField
              label={say('presence.operators')}
              unit={say('bars.people')}
              value={row.operators}
              wrong={wrong(`${i}.operators`)}
              change={(operators) => set({ operators: operators ?? 0 })}
            />
            <Labelled label={say('presence.weekdays')} wrong={wrong(`${i}.weekdays`)}>
              {(about) => (
                <Select
                  {...about}
                  mode="multiple"
                  allowClear
                  placeholder={say('presence.everyDay')}
                  value={row.weekdays ?? []}
                  options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: format.weekday(value) }))}
                  onChange={(days: number[]) => {
                    const { weekdays: _before, ...rest } = row;
                    const isSome = days.length > 0 && days.length < 7;
                    change(
                      rows.with(i, isSome ? { ...rest, weekdays: days.toSorted((a, b) => a - b) } : rest),
                      `presence.${i}.weekdays`,
                    );
                  }}
                />
              )}
            </Labelled>
            <Button
              aria-label={say('presence.removeRow', { n: i + 1 })}
              onClick={() =>
                change(
                  rows.filter((_, at) => at !== i),
                  `presence.${i}.gone`,
                )
              }
            >
              ✕
            </Button>
          </div>
        );
      })}
      <Button
        onClick={() => change([...rows, { from: '22:00', to: '07:00', operators: 3 }], 'presence.more')}
      >
        {say('presence.add')}
      </Button>
    </>
  );
};

type Targets = z.input<typeof targetsSchema>;
type Presence = NonNullable<Targets['minimumPresence']>[number];

/** Targets of single queues; null: the rate is not asked for, absent: the line's counts. */
type QueueTargets = Readonly<
  Record<
    string,
    { readonly connectionRate?: number | undefined; readonly serviceLevel?: number | null | undefined }
  >
>;

/** The same with one rate of a queue set, or left to the line's; a queue of which nothing is asked is left out. */
export const queueTarget = (
  all: QueueTargets,
  queue: string,
  rate: 'connectionRate' | 'serviceLevel',
  value: number | undefined,
): QueueTargets => {
  const { [queue]: own = {}, ...others } = all;
  const { [rate]: _before, ...rest } = own;
  const next = value === undefined ? rest : { ...rest, [rate]: value };
  if (Object.keys(next).length === 0) return others;
  return Object.fromEntries(
    [...new Set([...Object.keys(all), queue])].map((name) => [name, name === queue ? next : all[name]]),
  ) as QueueTargets;
};
