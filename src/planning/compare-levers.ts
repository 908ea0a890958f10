import type { LeversRequest } from '../contract/http/job-requests.ts';
import { diversionFinding } from '../diversion/diversion-findings.ts';
import type { LeversDocument } from '../contract/documents/levers-document.ts';
import { bestMix, type LeverMix } from '../diversion/levers/best-mix.ts';
import { directAnswerLever, smartVoiceLever } from '../diversion/levers/caller-levers.ts';
import { dialLever, pullLevers, type DialledLever, type Pulled } from '../diversion/levers/dial-levers.ts';
import { laterStartLever } from '../diversion/levers/later-start-lever.ts';
import type { Lever, LeverTask } from '../diversion/levers/lever.ts';
import { callersLost, shortOfTargets } from '../diversion/levers/line-figures.ts';
import { overtimeLever } from '../diversion/levers/overtime-lever.ts';
import { callbacksLever, promptsLever } from '../diversion/levers/prompt-levers.ts';
import type { Demand } from '../kernel/hotline.ts';
import { noRatePaths } from '../kernel/sample-paths.ts';
import { project } from '../queueing/project.ts';
import { measureEffect } from './operation/measure-effect.ts';
import { neverDiverted } from './operation/never-diverted.ts';
import { openIntervals } from './operation/open-intervals.ts';
import { assumedOf, loadPlan, unusualOf } from './operation/stored-plan.ts';
import type { Ports } from './ports.ts';
import { promptsOfPlan } from './diversion/prompts-of-plan.ts';
import { withRoster } from './operation/seen-roster.ts';
import { effectBasis } from './operation/effect-basis.ts';
import { leverAssumptions, explainLevers } from './diversion/explain-levers.ts';

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
  };
  const before = {
    short: shortOfTargets(task.outcome, task.targets),
    lost: callersLost(task.outcome, operation),
  };
  ports.progress(0.05, 'prompts');
  const levers = setUp(task, ports);
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
    basis: effectBasis(operation.demand, roster),
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

const setUp = (task: LeverTask, ports: Ports): Lever[] => {
  const prompts = promptsLever(task);
  ports.progress(0.2, 'prompts');
  const callbacks = callbacksLever(task);
  return [
    prompts,
    callbacks,
    overtimeLever(task),
    laterStartLever(task),
    smartVoiceLever(task),
    directAnswerLever(task),
  ];
};

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
