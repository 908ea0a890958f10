import type { DivertDocument } from '../contract/documents.ts';
import type { TargetsModel } from '../contract/model-files.ts';
import { choosePrompts } from '../diversion/choose-prompts.ts';
import { scaleTakeUp } from '../diversion/scale-take-up.ts';
import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { serviceLevels, totalOutcome } from '../kernel/measures.ts';
import { text, type Text } from '../kernel/text.ts';
import { project } from '../queueing/project.ts';
import { buildPolicy } from './build-policy.ts';
import { intervalOffered, intervalRates, measureEffect } from './measure-effect.ts';
import { neverDiverted } from './never-diverted.ts';
import { openIntervals } from './plan-week.ts';
import { loadPlan, type PlanWorld } from './plan-world.ts';
import type { Ports } from './ports.ts';
import { learnFromStore } from './seen-prompts.ts';
import type { WeekHorizon } from './week-horizon.ts';
import { writeSpan } from './write-span.ts';

export interface DivertRequest {
  readonly plan?: string;
  readonly seed: number;
  readonly aim?: 'fewest-diverted' | 'best-for-roster';
}

/**
 * Prompts for a plan's week on its own roster, and what they do: before and after, at half and at double the
 * take-up that was believed.
 */
export const divertPlan = async (ports: Ports, request: DivertRequest): Promise<DivertDocument> => {
  const { plan, week, world } = await loadPlan(ports, request.plan);
  const { models, demand, capacity } = world;
  const targets: TargetsModel = {
    ...models.targets,
    connectionRate: plan.targets.connectionRate,
    serviceLevel: plan.targets.serviceLevel,
  };
  const policy = buildPolicy(models.hotline, models.tiers, models.prompts);
  ports.progress(0.05, 'take-up');
  const { catalogue, said } = await learnFromStore(ports.store, models, week.horizon.startMillis);
  ports.progress(0.1, 'prompts');
  const chosen = choosePrompts({
    demand,
    capacity,
    policy,
    catalogue,
    targets,
    open: openIntervals(models, week),
    neverDivert: neverDiverted(models),
    ...(request.aim === undefined ? {} : { aim: request.aim }),
    shouldStop: ports.shouldStop,
  });
  ports.progress(0.7, 'effect');
  const run = (prompts: readonly PromptPlacement[]): Outcome =>
    project(demand, capacity, { ...policy, prompts });
  const before = run([]);
  const after = run(chosen.prompts);
  const half = run(scaleTakeUp(chosen.prompts, 0.5));
  const double = run(scaleTakeUp(chosen.prompts, 2));
  return {
    document: 'divert',
    plan: plan.id,
    prompts: chosen.spans.map((span) => writeSpan(span, models.prompts, week)),
    before: measureEffect(before, week.starts),
    after: measureEffect(after, week.starts),
    halfTakeUp: measureEffect(half, week.starts),
    doubleTakeUp: measureEffect(double, week.starts),
    fragile: losesItsPoint(before, after, half, targets),
    operatorHoursSavedNet: hoursSaved(world, chosen.prompts, before, after),
    intervals: {
      starts: [...week.starts],
      offeredBefore: intervalOffered(before),
      offeredAfter: intervalOffered(after),
      serviceLevelBefore: intervalRates(before, 'service-level'),
      serviceLevelAfter: intervalRates(after, 'service-level'),
    },
    reasons: [...chosen.reasons, ...slotsBelowTarget(after, targets, week)],
    assumptions: [...chosen.assumptions, ...said],
  };
};

/** Intervals with at least five calls whose service level stays below the target. */
const belowTarget = (outcome: Outcome, targets: TargetsModel): number[] => {
  const wanted = targets.serviceLevel;
  if (wanted === null) return [];
  return Array.from({ length: outcome.horizon.count }, (_, i) => i).filter((i) => {
    const totals = totalOutcome(outcome, i, i + 1);
    return totals.offered >= 5 && serviceLevels(totals).ofOffered < wanted;
  });
};

/** A recommendation is fragile when half the take-up keeps less than half of the intervals that it brought above target. */
const losesItsPoint = (before: Outcome, after: Outcome, half: Outcome, targets: TargetsModel): boolean => {
  const gained = belowTarget(before, targets).length - belowTarget(after, targets).length;
  return gained > 0 && belowTarget(before, targets).length - belowTarget(half, targets).length < gained / 2;
};

/** Operator-hours that callers no longer ask for, less those that their online requests cost. */
const hoursSaved = (
  world: PlanWorld,
  prompts: readonly PromptPlacement[],
  before: Outcome,
  after: Outcome,
): number => {
  let seconds = 0;
  world.demand.queues.forEach((queue, q) => {
    const [was, is] = [before.queues[q], after.queues[q]];
    queue.handleTimeSeconds.forEach((handle, i) => {
      const playing = prompts.find((prompt) => prompt.queue === queue.queue && prompt.on[i] === 1);
      seconds += ((was?.answered[i] ?? 0) - (is?.answered[i] ?? 0)) * handle;
      seconds -= (is?.divertedOnline[i] ?? 0) * (playing?.response.onlineHandleSeconds ?? 0);
    });
  });
  return seconds / 3600;
};

const slotsBelowTarget = (after: Outcome, targets: TargetsModel, week: WeekHorizon): Text[] => {
  const left = belowTarget(after, targets);
  if (left.length === 0) return [];
  const first = left.slice(0, 5).map((i) => (week.starts[i] ?? '').replace('T', ' '));
  return [
    text(
      `放提示后仍有 ${left.length} 个时段低于目标,例如 ${first.join('、')}:只靠分流不够,需要加人或接受`,
      `${left.length} intervals stay below target with the prompts, such as ${first.join(', ')}: diversion alone does not do it; add operators or accept it`,
    ),
  ];
};
