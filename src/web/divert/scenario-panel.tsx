import { Alert, Button, Input } from 'antd';
import { memo, useMemo, useRef, useState, type Dispatch, type RefObject, type SetStateAction } from 'react';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import type { Problem } from '../../kernel/errors.ts';
import { ProblemLines } from '../ui/problem-lines.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { worstLevel } from './effect-table.tsx';
import { projectDay } from './project-scenario.ts';
import {
  freeName,
  importScenarios,
  keepScenarios,
  mostScenarios,
  readScenarios,
  withScenario,
  type StoredScenarios,
} from './stored-scenarios.ts';
import { UnreadableScenarios } from './unreadable-scenarios.tsx';

/** Scenarios kept under a name, side by side, taken out and in as JSON. */
export const ScenarioPanel = memo(
  ({
    plan,
    plannedOperation,
    date,
    name,
    latest,
    change,
  }: {
    readonly plan: PlanDocument;
    readonly plannedOperation: PlannedOperationDocument;
    readonly date: string;
    /** Its name as it is typed. */
    readonly name: string;
    readonly latest: RefObject<ScenarioModel>;
    readonly change: Dispatch<SetStateAction<ScenarioModel>>;
  }) => {
    const { say } = useSpeech();
    const [stored, setStored] = useState(() => readScenarios(window.localStorage));
    const { scenarios: kept, unreadable } = stored;
    const [issues, setIssues] = useState<readonly Problem[]>([]);
    const input = useRef<HTMLInputElement>(null);
    const keepAll = (all: StoredScenarios): void => {
      keepScenarios(window.localStorage, all);
      setStored(all);
    };
    const keep = (scenarios: readonly ScenarioModel[]): void => keepAll({ scenarios, unreadable });
    const bringIn = async (file: File | undefined): Promise<void> => {
      if (file === undefined) return;
      const read = importScenarios(await file.text());
      setIssues('issues' in read ? read.issues : []);
      if ('scenarios' in read) keep(read.scenarios.reduce(withScenario, kept));
    };
    return (
      <Panel title={say('scenario.title')} note={say('scenario.note')}>
        <div className="row">
          <Input
            aria-label={say('scenario.name')}
            value={name}
            style={{ maxWidth: 240 }}
            onChange={(event) => {
              const typed = event.target.value;
              change((now) => ({ ...now, scenario: typed }));
            }}
          />
          <Button
            disabled={name.trim() === '' || kept.length >= mostScenarios}
            onClick={() =>
              keep(withScenario(kept, { ...latest.current, scenario: freeName(kept, name.trim()) }))
            }
          >
            {say('scenario.keep')}
          </Button>
          <Button
            disabled={kept.length === 0}
            onClick={() => saveFile('huawu-scenarios.json', JSON.stringify(kept, null, 2))}
          >
            {say('scenario.export')}
          </Button>
          <Button onClick={() => input.current?.click()}>{say('scenario.import')}</Button>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            className="hidden"
            aria-label={say('scenario.import')}
            tabIndex={-1}
            onChange={(event) => {
              void bringIn(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </div>
        {issues.length > 0 && (
          <Alert
            type="error"
            role="alert"
            title={say('scenario.bad')}
            description={<ProblemLines problems={issues} />}
          />
        )}
        {unreadable.length > 0 && (
          <UnreadableScenarios
            entries={unreadable}
            remove={(entry) =>
              keepAll({ scenarios: kept, unreadable: unreadable.filter((each) => each !== entry) })
            }
          />
        )}
        {kept.length > 0 && (
          <Kept
            {...{ plan, plannedOperation, date, kept }}
            take={change}
            remove={(name) => keep(kept.filter((each) => each.scenario !== name))}
          />
        )}
      </Panel>
    );
  },
);

const Kept = ({
  plan,
  plannedOperation,
  date,
  kept,
  take,
  remove,
}: {
  readonly plan: PlanDocument;
  readonly plannedOperation: PlannedOperationDocument;
  readonly date: string;
  readonly kept: readonly ScenarioModel[];
  readonly take: (scenario: ScenarioModel) => void;
  readonly remove: (name: string) => void;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const rows = useMemo(
    () =>
      kept.map((scenario) => ({
        scenario,
        after: projectDay(plannedOperation, scenario, plan.starts, date).after,
      })),
    [kept, plannedOperation, plan.starts, date],
  );
  return (
    <PlainTable
      label={say('scenario.title')}
      rows={rows}
      keyOf={(row) => row.scenario.scenario}
      columns={[
        { key: 'name', head: say('scenario.name'), cell: (row) => row.scenario.scenario },
        {
          key: 'connection',
          head: say('figure.connectionRate'),
          numeric: true,
          cell: (row) => format.percent(connectionRate(totalOutcome(row.after))),
        },
        {
          key: 'level',
          head: say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
          numeric: true,
          cell: (row) => format.percent(serviceLevels(totalOutcome(row.after)).ofOffered),
        },
        {
          key: 'worst',
          head: say('effect.worst', { n: plan.answerTimeThresholdSeconds }),
          numeric: true,
          cell: (row) => format.percent(worstLevel(row.after)),
        },
        {
          key: 'do',
          head: say('scenario.actions'),
          cell: (row) => (
            <span className="row">
              <Button size="small" onClick={() => take(row.scenario)}>
                {say('scenario.take')}
              </Button>
              <Button size="small" danger onClick={() => remove(row.scenario.scenario)}>
                {say('scenario.remove')}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
};
