import type { z } from 'zod';
import type { tiersSchema } from '../../../contract/models/tiers-model.ts';
import type { PageProps } from '../../page-props.ts';
import { Panel } from '../../ui/panel.tsx';
import { placeHref } from '../../ui/use-place.ts';
import { useSpeech } from '../../words/words.tsx';
import { ModelEditor } from '../model-editor.tsx';
import { NumberField } from '../number-field.tsx';
import { fractionOf, percentOf } from '../percent.ts';
import type { EditedModels } from '../use-models.ts';
import { PresenceRows } from './presence-rows.tsx';
import { queueTarget, type QueueTargets, type Targets } from './queue-targets.ts';

type Tiers = z.input<typeof tiersSchema>;

/** What plans must reach, each target with what it means; those of single queues and tiers below. */
export const TargetsPanel = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  return (
    <Panel
      title={say('settings.targets')}
      note={say('goal.note')}
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
  return (
    <>
      <h3>{say('goal.queues')}</h3>
      <p className="note">{say('goal.queuesNote')}</p>
      {workspace.hotline.queues.map(({ queue, name }) => (
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
