import { useMemo } from 'react';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { RosterBasisDocument } from '../../contract/http/roster-requests.ts';
import { dutiesWorked, type RosterDocument } from '../../contract/documents/roster-document.ts';
import type { Operation } from '../../kernel/hotline.ts';
import { connectionRate, totalOutcome } from '../../kernel/measures.ts';
import { sliceCapacity, sliceDemand } from '../../kernel/slice-operation.ts';
import { weekOf } from '../../kernel/time.ts';
import { project } from '../../queueing/project.ts';
import { operationOf } from '../divert/project-scenario.ts';
import { movedDuties, movesTo } from '../../rostering/change/standing-roster.ts';
import type { RosterProblem } from '../../rostering/roster-problem.ts';
import { readyOperators, shiftedBy } from '../../scheduling/ready-operators.ts';
import { type DraftControl, type DraftEdit, type RosterParts, wantedBy } from './roster-draft.ts';

type Week = RosterBasisDocument['weeks'][number];

/** What a week's operators are worked out from. */
interface RosteredWeek {
  readonly problem: RosterProblem;
  readonly document: RosterDocument;
  readonly basis: RosterBasisDocument;
  readonly plannedOperation: PlannedOperationDocument;
}

/** A day by half-hours, or whatever the plan's intervals are: operators ready as planned and as rostered. */
interface DayCover {
  readonly starts: readonly number[];
  readonly planned: readonly number[];
  readonly rostered: readonly number[];
}

/** One day of a week of the roster: its first interval and the one after its last. */
const spanOf = ({ horizon }: PlannedOperationDocument, weekday: number) => {
  const perDay = Math.round(1440 / horizon.intervalMinutes);
  const from = Math.min(horizon.count, (weekday - 1) * perDay);
  return { from, to: Math.min(horizon.count, from + perDay) };
};

/** Ready operators of each tier in a week of the roster, with the edits: what the server works out once they are saved. */
export const operatorsWith = (
  { problem, document, basis, plannedOperation }: RosteredWeek,
  week: Week,
  edits: readonly DraftEdit[],
): ReadonlyMap<string, Float64Array> => {
  const plan = basis.plans.find((one) => one.plan === week.plan);
  if (plan === undefined) return new Map();
  const standing = { problem, dates: document.days.map(({ date }) => date), duties: document.duties };
  const moved = movedDuties(standing, movesTo(standing, wantedBy(edits)));
  const duties = dutiesWorked({ ...document, duties: moved });
  const dateOf = shiftedBy(week.daysBehind, document.from, document.to);
  return new Map(
    readyOperators(duties, plan, plannedOperation.horizon, dateOf).map(({ tier, operators }) => [
      tier,
      operators,
    ]),
  );
};

/** Operators ready by interval of one day, in all tiers or in one. */
export const dayCover = (
  plannedOperation: PlannedOperationDocument,
  weekday: number,
  operators: ReadonlyMap<string, Float64Array>,
  tier: string | undefined,
): DayCover => {
  const { from, to } = spanOf(plannedOperation, weekday);
  const tiers = plannedOperation.tiers.filter((one) => tier === undefined || one.tier === tier);
  const at = Array.from({ length: to - from }, (_, place) => from + place);
  const sum = (of: (name: string, place: number) => number): number[] =>
    at.map((place) => tiers.reduce((total, one) => total + of(one.tier, place), 0));
  const planned = new Map(plannedOperation.tiers.map((one) => [one.tier, one.operators]));
  return {
    starts: at.map((place) => (place - from) * plannedOperation.horizon.intervalMinutes),
    planned: sum((name, place) => planned.get(name)?.[place] ?? 0),
    rostered: sum((name, place) => operators.get(name)?.[place] ?? 0),
  };
};

/** Connection rate of one day on mean demand; the day before runs along, since callers come back. */
export const dayRate = (
  plannedOperation: PlannedOperationDocument,
  weekday: number,
  operators: ReadonlyMap<string, Float64Array>,
): number => {
  const operation: Operation = operationOf(plannedOperation);
  const day = spanOf(plannedOperation, weekday);
  const from = weekday === 1 ? day.from : spanOf(plannedOperation, weekday - 1).from;
  const capacity = {
    trunks: operation.capacity.trunks,
    tiers: operation.capacity.tiers.map(({ tier, operators: planned }) => ({
      tier,
      operators: operators.get(tier) ?? planned,
    })),
  };
  const outcome = project({
    demand: sliceDemand(operation.demand, from, day.to),
    capacity: sliceCapacity(capacity, from, day.to),
    policy: operation.policy,
  });
  return connectionRate(totalOutcome(outcome, day.from - from, day.to - from));
};

export interface DayRates {
  /** Connection rate of the chosen day as the roster was stored, and with the edits. */
  readonly before: number;
  readonly now: number;
  /** Ready operators of the day's week by tier, with the edits. */
  readonly operators: ReadonlyMap<string, Float64Array>;
}

/** What callers meet on a day, moving with the edits. */
export const useDayRate = (
  { document, basis, operations }: RosterParts,
  { draft, moves }: DraftControl,
  day: number,
): DayRates => {
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const week = basis.weeks.find((one) => one.week === weekOf(date));
  const plannedOperation = operations.get(week?.plan ?? '');
  const { problem } = draft;
  const stored = useMemo(
    () =>
      week === undefined || plannedOperation === undefined
        ? none
        : operatorsWith({ problem, document, basis, plannedOperation }, week, []),
    [week, plannedOperation, problem, document, basis],
  );
  const operators = useMemo(() => {
    if (week === undefined || plannedOperation === undefined) return stored;
    const own = moves.filter((move) => weekOf(document.days[move.day]?.date ?? '') === week.week);
    return own.length === 0
      ? stored
      : operatorsWith({ problem, document, basis, plannedOperation }, week, own);
  }, [week, plannedOperation, problem, document, basis, moves, stored]);
  const rateOf = (of: DayRates['operators']): number =>
    plannedOperation === undefined ? Number.NaN : dayRate(plannedOperation, weekday, of);
  const before = useMemo(() => rateOf(stored), [plannedOperation, weekday, stored]);
  const now = useMemo(
    () => (operators === stored ? before : rateOf(operators)),
    [plannedOperation, weekday, operators, stored, before],
  );
  return { before, now, operators };
};

const none: DayRates['operators'] = new Map();
