import { Select } from 'antd';
import { type Dispatch, memo, type SetStateAction, useEffect, useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import { clockText } from '../../kernel/time-window.ts';
import { shownDifference } from '../../words/figures.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { type PlainKey, useSpeech } from '../words/words.tsx';
import { projectDay, scaledTakeUp } from './project-scenario.ts';
import { Lever } from './scenario-sliders.tsx';

interface Case {
  readonly name: PlainKey;
  readonly change: (scenario: ScenarioModel) => ScenarioModel;
}

/** Seconds of wait above which prompts for everyone are offered in the case that asks. */
const caseWaitSeconds = 30;

const patienceOf = ({ patienceFactor }: ScenarioModel): number => patienceFactor ?? 1;

/** What may turn out otherwise on a day: take-up, calls, operators, weather. */
const casesOf = (
  plannedOperation: PlannedOperationDocument,
  date: string,
  scenario: ScenarioModel,
): readonly Case[] => {
  const isForAll = (scenario.offeredTo ?? 'all') === 'all';
  const largest = [...plannedOperation.tiers].sort(
    (a, b) => Math.max(0, ...b.operators) - Math.max(0, ...a.operators),
  )[0]?.tier;
  const absent = (scenario: ScenarioModel): ScenarioModel =>
    largest === undefined
      ? scenario
      : {
          ...scenario,
          operatorsChange: {
            ...scenario.operatorsChange,
            [largest]: (scenario.operatorsChange[largest] ?? 0) - 2,
          },
        };
  return [
    { name: 'case.half', change: (own) => scaledTakeUp(own, 0.5) },
    { name: 'case.double', change: (own) => scaledTakeUp(own, 2) },
    { name: 'case.more', change: (own) => ({ ...own, callsFactor: own.callsFactor * 1.1 }) },
    { name: 'case.fewer', change: (own) => ({ ...own, callsFactor: own.callsFactor * 0.9 }) },
    { name: 'case.absent', change: absent },
    {
      name: isForAll ? 'case.offeredByWait' : 'case.offeredToAll',
      change: (own) => ({ ...own, offeredTo: isForAll ? { waitAboveSeconds: caseWaitSeconds } : 'all' }),
    },
    { name: 'case.lessPatience', change: (own) => ({ ...own, patienceFactor: 0.8 * patienceOf(own) }) },
    { name: 'case.morePatience', change: (own) => ({ ...own, patienceFactor: 1.25 * patienceOf(own) }) },
    { name: 'case.storm', change: (own) => withStorm(own, date, { start: '14:00', factor: 1.5 }) },
  ];
};

interface Rates {
  readonly level: number;
  readonly connection: number;
}

interface Row extends Rates {
  readonly name: PlainKey;
  /** The scenario as it is. */
  readonly as: Rates;
}

const ratesOn =
  (plannedOperation: PlannedOperationDocument, plan: PlanDocument, date: string) =>
  (scenario: ScenarioModel): Rates => {
    const totals = totalOutcome(projectDay(plannedOperation, scenario, plan.starts, date).after);
    return { level: serviceLevels(totals).ofOffered, connection: connectionRate(totals) };
  };

/**
 * Works out one case after another, giving way to whatever the page has to do in between, and tells all of them, what
 * moves the answer most first. Returns how to stop.
 */
const caseByCase = (
  cases: readonly Case[],
  ratesOf: (scenario: ScenarioModel) => Rates,
  scenario: ScenarioModel,
  tell: (rows: readonly Row[]) => void,
): (() => void) => {
  const rows: Row[] = [];
  let as: Rates | undefined;
  const step = (): void => {
    const next = cases[rows.length];
    if (next === undefined) {
      const moved = (row: Row): number => Math.abs(row.level - row.as.level);
      tell(rows.sort((a, b) => moved(b) - moved(a)));
      return;
    }
    if (as === undefined) as = ratesOf(scenario);
    else {
      rows.push({ name: next.name, ...ratesOf(next.change(scenario)), as });
    }
    timer = setTimeout(step, 0);
  };
  let timer = setTimeout(step, 0);
  return () => clearTimeout(timer);
};

/** Hours that a storm lasts, at most until midnight. */
const stormHours = 6;

/** The scenario with a day's storm; a factor of 1 is none. */
const withStorm = (
  scenario: ScenarioModel,
  date: string,
  storm: { readonly start: string; readonly factor: number },
): ScenarioModel => {
  const others = scenario.surges.filter((each) => each.queue !== undefined || !each.from.startsWith(date));
  if (storm.factor === 1) return { ...scenario, surges: others };
  const end = Math.min(1440, Number(storm.start.slice(0, 2)) * 60 + stormHours * 60);
  const surge = { from: `${date}T${storm.start}`, to: `${date}T${clockText(end)}`, factor: storm.factor };
  return { ...scenario, surges: [...others, surge] };
};

/** The same day and prompts when something turns out otherwise; what moves the answer most comes first. */
export const SensitivityTable = memo(
  ({
    plan,
    plannedOperation,
    date,
    scenario,
  }: {
    readonly plan: PlanDocument;
    readonly plannedOperation: PlannedOperationDocument;
    readonly date: string;
    readonly scenario: ScenarioModel;
  }) => {
    const { say } = useSpeech();
    const [rows, setRows] = useState<readonly Row[]>([]);
    useEffect(
      () =>
        caseByCase(
          casesOf(plannedOperation, date, scenario),
          ratesOn(plannedOperation, plan, date),
          scenario,
          setRows,
        ),
      [plannedOperation, scenario, plan, date],
    );
    return (
      <PlainTable
        label={say('case.title')}
        rows={rows}
        columns={[
          [say('case.if'), 'text', (row) => say(row.name)],
          [say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }), 'share', (row) => row.level],
          [say('case.moved'), 'points', (row) => shownDifference(row.as.level, row.level)],
          [say('figure.connectionRate'), 'share', (row) => row.connection],
          [say('case.moved'), 'points', (row) => shownDifference(row.as.connection, row.connection)],
        ]}
      />
    );
  },
);

/** The storm of a day in a scenario: when it starts, and how many times the usual calls it brings. */
const stormOf = (scenario: ScenarioModel, date: string): { start: string; factor: number } => {
  const surge = scenario.surges.find((each) => each.queue === undefined && each.from.startsWith(date));
  return { start: surge?.from.slice(11, 16) ?? '14:00', factor: surge?.factor ?? 1 };
};

/** A storm from an hour of the shown day on, as much stronger as one likes. */
export const StormControl = ({
  date,
  scenario,
  change,
}: {
  readonly date: string;
  readonly scenario: ScenarioModel;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}) => {
  const { say, format } = useSpeech();
  const storm = stormOf(scenario, date);
  return (
    <div className="storm">
      <Lever
        label={say('lever.storm', { at: storm.start })}
        value={storm.factor}
        shown={format.percent(storm.factor, 0)}
        min={1}
        max={3}
        step={0.1}
        change={(factor) => change((now) => withStorm(now, date, { ...stormOf(now, date), factor }))}
      />
      <Select
        aria-label={say('lever.stormStart')}
        size="small"
        value={storm.start}
        disabled={storm.factor === 1}
        options={Array.from({ length: 24 }, (_, hour) => ({ value: clockText(hour * 60) }))}
        onChange={(start) => change((now) => withStorm(now, date, { ...stormOf(now, date), start }))}
      />
    </div>
  );
};
