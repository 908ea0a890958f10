import { Alert, Button, Input } from 'antd';
import { type Dispatch, memo, type RefObject, type SetStateAction, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { contractProblem } from '../../contract/contract-findings.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import { type ScenarioModel, scenarioSchema } from '../../contract/models/scenario-model.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import { Panel } from '../ui/panel.tsx';
import { ProblemLines } from '../ui/problems-table.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useSpeech } from '../words/words.tsx';
import { type DayAnswer, dayCurve, projectDay } from './project-scenario.ts';

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
      rows={rows}
      keyOf={(row) => row.scenario.scenario}
      columns={[
        [say('scenario.name'), 'text', (row) => row.scenario.scenario],
        [say('figure.connectionRate'), 'share', (row) => connectionRate(totalOutcome(row.after))],
        [
          say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
          'share',
          (row) => serviceLevels(totalOutcome(row.after)).ofOffered,
        ],
        [
          say('effect.worst', { n: plan.answerTimeThresholdSeconds }),
          'share',
          (row) => worstLevel(row.after),
        ],
        [
          say('scenario.actions'),
          'text',
          (row) => (
            <span className="row">
              <Button size="small" onClick={() => take(row.scenario)}>
                {say('scenario.take')}
              </Button>
              <Button size="small" danger onClick={() => remove(row.scenario.scenario)}>
                {say('scenario.remove')}
              </Button>
            </span>
          ),
        ],
      ]}
    />
  );
};

/** Lowest share within the threshold among intervals with at least five calls; null without one. */
const worstLevel = (outcome: Outcome): number | null => {
  const { offered, level } = dayCurve(outcome);
  const known = level.filter((each, i): each is number => each !== null && (offered[i] ?? 0) >= 5);
  return known.length === 0 ? null : Math.min(...known);
};

const storageKey = 'huawu-scenarios';
/** Most that are side by side. */
const mostScenarios = 12;

/** Scenarios kept in this browser, and what of them cannot be read: one bad entry takes none of the others with it. */
export const readScenarios = (storage: Pick<Storage, 'getItem'>): StoredScenarios => {
  const entries = storedEntries(storage);
  const scenarios: ScenarioModel[] = [];
  const unreadable: UnreadableScenario[] = [];
  for (const value of entries) {
    const read = parsed(scenarioSchema, value);
    if ('found' in read) scenarios.push(read.found);
    else unreadable.push({ value, ...nameOf(value), issues: read.issues });
  }
  return { scenarios: scenarios.reduce(withScenario, []), unreadable };
};

/** A text that is no JSON is kept as an entry that cannot be read. */
const storedEntries = (storage: Pick<Storage, 'getItem'>): readonly unknown[] => {
  let stored: string | null;
  try {
    stored = storage.getItem(storageKey);
  } catch {
    return [];
  }
  if (stored === null) return [];
  try {
    const value: unknown = JSON.parse(stored);
    return Array.isArray(value) ? value : [value];
  } catch {
    return [stored];
  }
};

const named = z.object({ scenario: z.string().min(1) });

const nameOf = (value: unknown): { readonly name?: string } => {
  const found = named.safeParse(value);
  return found.success ? { name: found.data.scenario } : {};
};

/** An entry that cannot be read as the text of a file, to be corrected by hand. */
export const fileOfUnreadable = ({ value }: UnreadableScenario): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** The list with a scenario added or, under the same name, replaced; the oldest gives way. */
export const withScenario = (kept: readonly ScenarioModel[], scenario: ScenarioModel): ScenarioModel[] =>
  [...kept.filter((each) => each.scenario !== scenario.scenario), scenario].slice(-mostScenarios);

/** What a schema makes of a value, or every issue. */
const parsed = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly found: z.output<Schema> } | { readonly issues: readonly Problem[] } => {
  try {
    return { found: parseDocument(schema, value) };
  } catch (error) {
    if (error instanceof BadInputError) return { issues: error.problems };
    throw error;
  }
};

/** Kept scenarios that cannot be read: what is wrong with each, to be taken out as a file or removed. */
const UnreadableScenarios = ({
  entries,
  remove,
}: {
  readonly entries: readonly UnreadableScenario[];
  readonly remove: (entry: UnreadableScenario) => void;
}) => {
  const { say } = useSpeech();
  return (
    <Alert
      type="warning"
      role="status"
      title={say('scenario.unreadable', { n: entries.length })}
      description={
        <ul className="unreadable">
          {entries.map((entry, i) => {
            const name = entry.name ?? say('scenario.nameless', { n: i + 1 });
            return (
              <li key={`${i} ${name}`}>
                <strong>{name}</strong>
                <ProblemLines problems={entry.issues} />
                <span className="row">
                  <Button
                    size="small"
                    aria-label={say('scenario.exportNamed', { name })}
                    onClick={() => saveFile('huawu-scenario-unreadable.json', fileOfUnreadable(entry))}
                  >
                    {say('scenario.export')}
                  </Button>
                  <Button
                    size="small"
                    danger
                    aria-label={say('scenario.removeNamed', { name })}
                    onClick={() => remove(entry)}
                  >
                    {say('scenario.remove')}
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      }
    />
  );
};

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

type Line = readonly [string, (outcome: Outcome) => string];

/** The day's figures without prompts, with them, and at half and double the take-up. */
export const EffectTable = ({
  plan,
  answer,
  half,
  double,
}: {
  readonly plan: PlanDocument;
  readonly answer: DayAnswer;
  readonly half: Outcome;
  readonly double: Outcome;
}) => {
  const { say, format } = useSpeech();
  const lines: readonly Line[] = [
    [say('figure.connectionRate'), (o) => format.percent(connectionRate(totalOutcome(o)))],
    [
      say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
      (o) => format.percent(serviceLevels(totalOutcome(o)).ofOffered),
    ],
    [say('effect.worst', { n: plan.answerTimeThresholdSeconds }), (o) => format.percent(worstLevel(o))],
    [say('effect.speed'), (o) => format.seconds(averageSpeedOfAnswer(totalOutcome(o)))],
    [say('effect.occupancy'), (o) => format.percent(occupancy(o))],
    [say('effect.abandoned'), (o) => format.decimal(totalOutcome(o).abandoned)],
    [say('effect.online'), (o) => format.decimal(totalOutcome(o).divertedOnline)],
    [say('effect.deferred'), (o) => format.decimal(totalOutcome(o).deferred)],
  ];
  const outcomes = { before: answer.before, after: answer.after, half, double };
  const column = (key: keyof typeof outcomes): Column<Line> => [
    say(`effect.${key}`),
    'number',
    ([, figure]) => figure(outcomes[key]),
  ];
  return (
    <PlainTable
      rows={lines}
      columns={[
        [say('effect.measure'), 'text', (line) => line[0]],
        column('before'),
        column('after'),
        column('half'),
        column('double'),
      ]}
    />
  );
};

const several = z.array(scenarioSchema);

/** Something kept as a scenario that is none, as it lies there: anyone who drew it may still want it. */
interface UnreadableScenario {
  readonly value: unknown;
  /** Its name, where it has one. */
  readonly name?: string;
  readonly issues: readonly Problem[];
}

/** What this browser keeps. */
interface StoredScenarios {
  readonly scenarios: readonly ScenarioModel[];
  readonly unreadable: readonly UnreadableScenario[];
}

/** Keeps both: what cannot be read stays until it is removed. */
export const keepScenarios = (
  storage: Pick<Storage, 'setItem'>,
  { scenarios, unreadable }: StoredScenarios,
): void =>
  storage.setItem(storageKey, JSON.stringify([...scenarios, ...unreadable.map(({ value }) => value)]));

/** A name that none of the kept has: the one wanted, or it with the next number. */
export const freeName = (kept: readonly ScenarioModel[], wanted: string): string => {
  const taken = new Set(kept.map(({ scenario }) => scenario));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \(\d+\)$/, '');
  let number = 2;
  while (taken.has(`${stem} (${number})`)) number += 1;
  return `${stem} (${number})`;
};

type Imported = { readonly scenarios: readonly ScenarioModel[] } | { readonly issues: readonly Problem[] };

/** Scenarios of a JSON file: one, or a list of them; else every issue with its path. */
export const importScenarios = (json: string): Imported => {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return { issues: [contractProblem('not-json')] };
  }
  const read = parsed(several, Array.isArray(value) ? value : [value]);
  return 'found' in read ? { scenarios: read.found } : read;
};
