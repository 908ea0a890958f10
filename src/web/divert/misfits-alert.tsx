import { Alert, Button } from 'antd';
import type { Dispatch, SetStateAction } from 'react';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { useSpeech, type PlainKey } from '../words/words.tsx';
import { scenarioMisfits, withoutMisfits, type Misfit } from '../../diversion/scenario-misfits.ts';
import { movedToWeek } from './move-to-week.ts';
import { operationOf } from './operation-of.ts';

const reasons: Readonly<Record<Misfit, PlainKey>> = {
  'other-week': 'misfit.otherWeek',
  'unknown-prompt': 'misfit.unknownPrompt',
  'unknown-queue': 'misfit.unknownQueue',
  'off-grid': 'misfit.offGrid',
  'between-starts': 'misfit.betweenStarts',
};

/** What of the scenario has no place in this plan, and is left out: to be moved to its week or taken away. */
export const MisfitsAlert = ({
  plan,
  plannedOperation,
  scenario,
  change,
}: {
  readonly plan: PlanDocument;
  readonly plannedOperation: PlannedOperationDocument;
  readonly scenario: ScenarioModel;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}) => {
  const { say, tell } = useSpeech();
  const misfitsOf = (drawn: ScenarioModel) =>
    scenarioMisfits(operationOf(plannedOperation), drawn, {
      starts: plan.starts,
      catalogue: plannedOperation.catalogue,
    });
  const misfits = misfitsOf(scenario);
  const all = [...misfits.placements, ...misfits.surges];
  if (all.length === 0) return null;
  const queueName = (key: string): string =>
    tell(plannedOperation.queues.find(({ queue }) => queue === key)?.name ?? { 'zh-CN': key, en: key });
  const promptName = (key: string): string =>
    tell(
      plannedOperation.catalogue.prompts.find(({ prompt }) => prompt === key)?.name ?? {
        'zh-CN': key,
        en: key,
      },
    );
  return (
    <Alert
      type="warning"
      showIcon
      title={say('misfit.title', { n: all.length })}
      description={
        <>
          <ul>
            {misfits.placements.map(({ placement: { prompt, queue, date, from, to }, why }, i) => (
              <li key={`${i} ${date}`}>
                {`${date} ${from}–${to} · ${queueName(queue)} · ${promptName(prompt)} · ${say(reasons[why])}`}
              </li>
            ))}
            {misfits.surges.map(({ surge, why }, i) => (
              <li key={`${i} ${surge.from}`}>
                {`${surge.from.slice(0, 16).replace('T', ' ')} · ${say('misfit.surge')} · ${say(reasons[why])}`}
              </li>
            ))}
          </ul>
          <span className="row">
            {all.some(({ why }) => why === 'other-week') && (
              <Button size="small" onClick={() => change((now) => movedToWeek(plan, now, misfitsOf(now)))}>
                {say('misfit.move')}
              </Button>
            )}
            <Button size="small" danger onClick={() => change((now) => withoutMisfits(now, misfitsOf(now)))}>
              {say('misfit.remove')}
            </Button>
          </span>
        </>
      }
    />
  );
};
