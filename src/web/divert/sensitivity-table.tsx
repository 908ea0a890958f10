import { memo, useMemo } from 'react';
import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech, type WordKey } from '../words/words.tsx';
import { projectDay, scaledTakeUp } from './project-scenario.ts';
import { withStorm } from './storm-control.tsx';

interface Case {
  readonly name: WordKey;
  readonly change: (scenario: ScenarioModel) => ScenarioModel;
}

/** What may turn out otherwise on a day: take-up, calls, operators, weather. */
export const casesOf = (world: PlanWorldDocument, date: string): readonly Case[] => {
  const largest = [...world.tiers].sort(
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
    { name: 'case.storm', change: (own) => withStorm(own, date, { start: '14:00', factor: 1.5 }) },
  ];
};

/** The same day and prompts when something turns out otherwise; what moves the answer most comes first. */
export const SensitivityTable = memo(
  ({
    plan,
    world,
    date,
    scenario,
  }: {
    readonly plan: PlanDocument;
    readonly world: PlanWorldDocument;
    readonly date: string;
    readonly scenario: ScenarioModel;
  }) => {
    const { say } = useSpeech();
    const format = useFormat();
    const rows = useMemo(() => {
      const ratesOf = (own: ScenarioModel) => {
        const totals = totalOutcome(projectDay(world, own, plan.starts, date).after);
        return { level: serviceLevels(totals).ofOffered, connection: connectionRate(totals) };
      };
      const as = ratesOf(scenario);
      return casesOf(world, date)
        .map(({ name, change }) => {
          const rates = ratesOf(change(scenario));
          return {
            name,
            ...rates,
            moved: rates.level - as.level,
            connected: rates.connection - as.connection,
          };
        })
        .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
    }, [world, scenario, plan.starts, date]);
    return (
      <PlainTable
        label={say('case.title')}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { key: 'case', head: say('case.if'), cell: (row) => say(row.name) },
          {
            key: 'level',
            head: say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
            numeric: true,
            cell: (row) => format.percent(row.level),
          },
          { key: 'moved', head: say('case.moved'), numeric: true, cell: (row) => format.points(row.moved) },
          {
            key: 'connection',
            head: say('figure.connectionRate'),
            numeric: true,
            cell: (row) => format.percent(row.connection),
          },
          {
            key: 'connected',
            head: say('case.moved'),
            numeric: true,
            cell: (row) => format.points(row.connected),
          },
        ]}
      />
    );
  },
);
