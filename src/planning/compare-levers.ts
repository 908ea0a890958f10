import type { LeversDocument } from '../contract/documents/effect-documents.ts';
import type { LeversRequest } from '../contract/http/job-requests.ts';
import type { LeversModel } from '../contract/models/levers-model.ts';
import { choosePromptsOnThreads } from '../diversion/choose-prompts.ts';
import { shortOfTargets } from '../diversion/diversion-aim.ts';
import { diversionFinding } from '../diversion/diversion-findings.ts';
import { bestMix, type LeverMix } from '../diversion/levers/best-mix.ts';
import { directAnswerLever, smartVoiceLever } from '../diversion/levers/caller-levers.ts';
import {
  callersLost,
  type DialledLever,
  dialLever,
  type Lever,
  type LeverTask,
  type Pulled,
  pullLevers,
} from '../diversion/levers/lever.ts';
import { laterStartLever } from '../diversion/levers/later-start-lever.ts';
import { overtimeLever } from '../diversion/levers/overtime-lever.ts';
import { callbacksLever, promptsAsked, promptsLever } from '../diversion/levers/prompt-levers.ts';
import { type Demand, noRatePaths } from '../kernel/hotline.ts';
import { project } from '../queueing/project.ts';
import { promptsOfPlan } from './diversion/live-demand.ts';
import { neverDiverted } from './operation/planned-operation.ts';
import { effectBasis, measureEffect } from './operation/measure-effect.ts';
import { withRoster } from './operation/operators-seen.ts';
import { assumedOf, loadPlan, unusualOf } from './operation/stored-plan.ts';
import { openIntervals } from './operation/week-horizon.ts';
import { planningFinding, type PlanningFinding } from './planning-findings.ts';
import type { Ports } from './ports.ts';

/**
 * The same target by prompts, callbacks, overtime, a later shift start, smart voice and a better direct-answer rate:
 * how much of each it takes, what that costs per caller recovered, and the best mix for a budget. All by formula on
 * the mean forecast.
 */
export const compareLevers = async (ports: Ports, request: LeversRequest): Promise<LeversDocument> => {
  const { plan, week, planned } = await loadPlan(ports, request.plan);
  const roster = request.roster ?? 'planned';
  const { models, capacity, demand, policy } = await withRoster(ports.store, planned, week, roster);
  const { catalogue, said } = await promptsOfPlan(ports, models, week.horizon.startMillis);
  const operation = { demand: meanOnly(demand), capacity, policy: { ...policy, prompts: [] } };
  const task: LeverTask = {
    operation,
    outcome: project(operation),
    targets: {
      ...models.targets,
      connectionRate: plan.targets.connectionRate,
      serviceLevel: plan.targets.serviceLevel,
    },
    tiers: models.tiers,
    catalogue,
    settings: ports.models.levers,
    open: openIntervals(models, week, demand),
    neverDivert: neverDiverted(models),
    shouldStop: ports.shouldStop,
    pulls: new Map(),
  };
  const before = {
    short: shortOfTargets(task.outcome, task.targets),
    lost: callersLost(task.outcome, operation),
  };
  ports.progress(0.05, 'prompts');
  const [prompts, callbacks] = await Promise.all(
    [false, true].map((isCallback) => choosePromptsOnThreads(promptsAsked(task, isCallback), ports.parallel)),
  );
  const levers = [
    promptsLever(task, prompts),
    callbacksLever(task, callbacks),
    overtimeLever(task),
    laterStartLever(task),
    smartVoiceLever(task),
    directAnswerLever(task),
  ];
  ports.progress(0.4, 'levers');
  const target = targetOf(task, levers, before.short, request.recover);
  const dialled = levers.map((lever, l) => {
    ports.progress(0.4 + (0.3 * l) / levers.length, 'levers');
    return dialLever(task, lever, target);
  });
  ports.progress(0.7, 'mix');
  const mix = before.short < 0.5 ? null : mixFor(task, levers, before.lost, dialled, request.budget);
  const effect = ({ outcome }: Pulled) => measureEffect(outcome, week.starts);
  const rows = dialled.map((row) => leverRow(row, before.lost, effect(row)));
  const targetFrom = request.recover === undefined ? 'prompts' : 'share';
  const written = mix === null ? null : writeMix(mix, before.lost, effect(mix.mix));
  return {
    document: 'levers',
    plan: plan.id,
    ...unusualOf(plan),
    roster,
    basis: effectBasis(operation.demand, models.hotline, roster),
    before: measureEffect(task.outcome, week.starts),
    callsShortBefore: before.short,
    callsShortTarget: target,
    targetFrom,
    levers: rows,
    mix: written,
    reasons: explainLevers(rows, written, before.short, targetFrom),
    assumptions: [...assumedOf(plan), ...leverAssumptions(rows, ports.models.levers), ...said],
  };
};

/** The forecast's mean: the levers are compared on one demand. */
const meanOnly = (demand: Demand): Demand => ({
  ...demand,
  queues: demand.queues.map((queue) => ({ ...queue, ratePaths: noRatePaths, pathCount: 0 })),
});

const targetOf = (
  task: LeverTask,
  levers: readonly Lever[],
  short: number,
  recover: number | undefined,
): number => {
  if (recover !== undefined) return short * (1 - recover);
  const prompts = levers.find(({ lever }) => lever === 'prompts');
  return prompts === undefined ? short : pullLevers(task, [{ lever: prompts, level: 1 }]).short;
};

const mixFor = (
  task: LeverTask,
  levers: readonly Lever[],
  lost: number,
  dialled: readonly DialledLever[],
  asked: number | undefined,
) => {
  const overtime = dialled.find(({ lever }) => lever.lever === 'overtime')?.cost ?? 0;
  const budget = asked ?? overtime;
  return {
    mix: bestMix(task, levers, lost, budget),
    budget,
    budgetFrom: asked === undefined ? ('overtime' as const) : ('asked' as const),
    task,
  };
};

type Effect = LeversDocument['before'];

/** Price of a caller recovered; null where, rounded, nobody is: a fraction of one has no price worth telling. */
export const perCaller = (cost: number, recovered: number): number | null =>
  recovered >= 0.5 ? cost / recovered : null;

const leverRow = (
  row: DialledLever,
  lostBefore: number,
  effect: Effect,
): LeversDocument['levers'][number] => ({
  lever: row.lever.lever,
  name: diversionFinding('lever-name', { lever: row.lever.lever }),
  level: row.level,
  amount: row.lever.amount(row.level, row.outcome),
  reachesTarget: row.reachesTarget,
  callsShort: row.short,
  cost: row.cost,
  recoveredCallers: lostBefore - row.lost,
  costPerRecovered: perCaller(row.cost, lostBefore - row.lost),
  effect,
  assumed: row.lever.assumed,
});

const writeMix = (
  { mix, budget, budgetFrom, task }: ReturnType<typeof mixFor> & { readonly mix: LeverMix },
  lostBefore: number,
  effect: Effect,
): NonNullable<LeversDocument['mix']> => ({
  budget,
  budgetFrom,
  maximises: 'recovered-callers',
  cost: mix.cost,
  callsShort: mix.short,
  recoveredCallers: lostBefore - mix.lost,
  costPerRecovered: perCaller(mix.cost, lostBefore - mix.lost),
  parts: mix.parts.map(({ lever, level, cost }) => ({
    lever: lever.lever,
    name: diversionFinding('lever-name', { lever: lever.lever }),
    level,
    amount: lever.amount(level, pullLevers(task, [{ lever, level }]).outcome),
    cost,
  })),
  effect,
});

type Row = LeversDocument['levers'][number];

/** What a table of levers teaches. */
export const explainLevers = (
  rows: readonly Row[],
  mix: LeversDocument['mix'],
  shortBefore: number,
  targetFrom: LeversDocument['targetFrom'],
): PlanningFinding[] => {
  if (shortBefore < 0.5) return [planningFinding('no-lever-needed')];
  const nothingToMatch = rows.every(({ level }) => level === 0);
  return [
    ...(nothingToMatch
      ? [planningFinding('nothing-for-levers-to-match', { callsShort: shortBefore, targetFrom })]
      : [cheapest(rows), ...outOfReach(rows)]),
    ...findingsOfMix(mix),
  ];
};

const cheapest = (rows: readonly Row[]): PlanningFinding => {
  const [best] = rows
    .flatMap(({ name, reachesTarget, costPerRecovered }) =>
      reachesTarget && costPerRecovered !== null ? [{ lever: name, costPerRecovered }] : [],
    )
    .sort((a, b) => a.costPerRecovered - b.costPerRecovered);
  return best === undefined
    ? planningFinding('no-lever-alone-reaches-target')
    : planningFinding('cheapest-lever', best);
};

const outOfReach = (rows: readonly Row[]): PlanningFinding[] => {
  const levers = rows
    .filter(({ reachesTarget }) => !reachesTarget)
    .map(({ name, callsShort }) => ({ lever: name, callsShort }));
  return levers.length === 0 ? [] : [planningFinding('levers-out-of-reach', { levers })];
};

const findingsOfMix = (mix: LeversDocument['mix']): PlanningFinding[] => {
  if (mix === null || mix.parts.length === 0) return [];
  const { budget, cost, recoveredCallers, callsShort } = mix;
  const parts = mix.parts.map(({ name, level }) => ({ lever: name, level }));
  return [planningFinding('best-mix-found', { budget, parts, cost, recoveredCallers, callsShort })];
};

/** What the table rests on: the settings of models/levers.json, and which of them are assumed. */
const leverAssumptions = (rows: readonly Row[], settings: LeversModel): PlanningFinding[] => {
  const assumed = rows.filter((row) => row.assumed).map(({ name }) => name);
  return [
    planningFinding('levers-by-formula'),
    planningFinding('lever-limits-and-prices', { settings }),
    ...(assumed.length === 0 ? [] : [planningFinding('lever-settings-assumed', { levers: assumed })]),
  ];
};
