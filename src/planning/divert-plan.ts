import type { DivertDocument } from '../contract/documents/divert-document.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import { choosePrompts, type PromptSpanChoice } from '../diversion/choose-prompts.ts';
import { intervalsBelowTarget, isFragile } from '../diversion/is-fragile.ts';
import { scaleTakeUp } from '../diversion/scale-take-up.ts';
import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { text, type Text } from '../kernel/text.ts';
import { projectPaths } from '../queueing/project.ts';
import { futures } from './project-plan.ts';
import { buildPolicy } from './build-policy.ts';
import { divertSensitivities } from './divert-sensitivities.ts';
import { liveDemand } from './live-demand.ts';
import { intervalOffered, intervalRates, measureEffect } from './measure-effect.ts';
import { neverDiverted } from './never-diverted.ts';
import { openIntervals } from './plan-week.ts';
import { loadPlan, type PlanWorld } from './plan-world.ts';
import type { Ports } from './ports.ts';
import { learnFromStore } from './seen-prompts.ts';
import { withRoster, type Roster } from './seen-roster.ts';
import type { WeekHorizon } from './week-horizon.ts';
import { writeSpan } from './write-span.ts';

export interface DivertRequest {
  readonly plan?: string;
  readonly seed: number;
  readonly aim?: 'fewest-diverted' | 'best-for-roster';
  /** Advice in the course of a day of the plan's week: local date and time up to which its calls are known. */
  readonly asOf?: string;
  /** The plan's shifts when left out. */
  readonly roster?: Roster;
}

/**
 * Prompts for a plan's week on its own roster, and what they do: before and after, at half and at double the
 * take-up that was believed. With `asOf`: for the rest of that day, from its calls so far.
 */
export const divertPlan = async (ports: Ports, request: DivertRequest): Promise<DivertDocument> => {
  const { plan, week, world: planned } = await loadPlan(ports, request.plan);
  const world = await withRoster(ports.store, planned, week, request.roster ?? 'planned');
  const { models, capacity } = world;
  const live =
    request.asOf === undefined ? undefined : await liveDemand(ports, world, week, request.asOf, request.seed);
  const demand = live?.demand ?? world.demand;
  const [first, end] = [live?.from ?? 0, live?.dayEnd ?? week.horizon.count];
  const effect = (outcome: Outcome) => measureEffect(outcome, week.starts, first, end);
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
    open: openIntervals(models, week).map((open, i) => (i >= (live?.dayStart ?? 0) && i < end ? open : 0)),
    from: first,
    neverDivert: neverDiverted(models),
    ...(request.aim === undefined ? {} : { aim: request.aim }),
    shouldStop: ports.shouldStop,
  });
  ports.progress(0.7, 'effect');
  const run = (prompts: readonly PromptPlacement[]): Outcome =>
    projectPaths(demand, capacity, { ...policy, prompts }, futures).outcome;
  const before = run([]);
  const after = run(chosen.prompts);
  const half = run(scaleTakeUp(chosen.prompts, 0.5));
  const double = run(scaleTakeUp(chosen.prompts, 2));
  ports.progress(0.8, 'sensitivities');
  const played = { ...world, demand, placements: chosen.prompts };
  const stormDate = request.asOf?.slice(0, 10) ?? worstDate(before, week);
  return {
    document: 'divert',
    plan: plan.id,
    asOf: request.asOf ?? null,
    prompts: chosen.spans.map((span) => writeSpan(span, models.prompts, week)),
    before: effect(before),
    after: effect(after),
    halfTakeUp: effect(half),
    doubleTakeUp: effect(double),
    fragile: isFragile(chosen.prompts, { before, after, half }, targets, request.aim ?? 'fewest-diverted'),
    operatorHoursSavedNet: hoursSaved({ ...world, demand }, chosen.prompts, before, after),
    sensitivities: divertSensitivities(played, week, stormDate, [first, end]),
    intervals: {
      starts: [...week.starts],
      offeredBefore: intervalOffered(before),
      offeredAfter: intervalOffered(after),
      serviceLevelBefore: intervalRates(before, 'service-level'),
      serviceLevelAfter: intervalRates(after, 'service-level'),
    },
    reasons: [
      ...(live === undefined ? [] : [live.said, ...adviceNow(chosen.spans, live.from, models.prompts, week)]),
      ...(live === undefined ? chosen.reasons : []),
      ...slotsBelowTarget(after, targets, week, first, end),
    ],
    assumptions: [...chosen.assumptions, ...said],
  };
};

/** The day with the most calls in its busiest interval. */
const worstDate = (before: Outcome, week: WeekHorizon): string => {
  const offered = intervalOffered(before);
  return (week.starts[offered.indexOf(Math.max(...offered))] ?? week.firstDate).slice(0, 10);
};

/** What to switch on now, until when; else when the next prompt starts. */
const adviceNow = (
  spans: readonly PromptSpanChoice[],
  now: number,
  catalogue: PromptsModel,
  week: WeekHorizon,
): Text[] => {
  const written = spans.map((span) => ({ span, said: writeSpan(span, catalogue, week) }));
  const current = written.filter(({ span }) => span.from <= now && span.to > now);
  if (current.length > 0)
    return current.map(({ said }) =>
      text(
        `现在播放「${said.name['zh-CN']}」（队列 ${said.queue}），${said.to} 停止。`,
        `Play "${said.name.en}" to ${said.queue} now; stop at ${said.to}.`,
      ),
    );
  const next = written.toSorted((a, b) => a.span.from - b.span.from)[0]?.said;
  return [
    next === undefined
      ? text('当日其余时段不需要播放提示。', 'No prompt is worth playing for the rest of the day.')
      : text(
          `现在不播放；下一条「${next.name['zh-CN']}」（队列 ${next.queue}）从 ${next.from} 到 ${next.to}。`,
          `Play nothing now; next is "${next.name.en}" to ${next.queue}, from ${next.from} to ${next.to}.`,
        ),
  ];
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

const slotsBelowTarget = (
  after: Outcome,
  targets: TargetsModel,
  week: WeekHorizon,
  from: number,
  to: number,
): Text[] => {
  const left = intervalsBelowTarget(after, targets).filter((i) => i >= from && i < to);
  if (left.length === 0) return [];
  const first = left.slice(0, 5).map((i) => (week.starts[i] ?? '').replace('T', ' '));
  return [
    text(
      `放提示后仍有 ${left.length} 个时段低于目标，例如 ${first.join('、')}：只靠分流不够，需要加人或接受`,
      `${left.length} intervals stay below target with the prompts, such as ${first.join(', ')}: diversion alone does not do it; add operators or accept it`,
    ),
  ];
};
