import type { DivertDocument } from '../contract/documents/effect-documents.ts';
import type { DivertRequest } from '../contract/http/job-requests.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { type ScenarioModel, scenarioSchema } from '../contract/models/scenario-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import { applyScenario, changeCatalogue } from '../diversion/apply-scenario.ts';
import { choosePromptsOnThreads, type PromptChoice } from '../diversion/choose-prompts.ts';
import {
  explainChoice,
  explainShortfall,
  intervalsBelowTarget,
  isFragile,
  onlineWork,
  worstInterval,
} from '../diversion/explain-choice.ts';
import { promptHours, type PromptHours } from '../diversion/playing-rules.ts';
import { type PromptRequest, type PromptSpanChoice, spansOf } from '../diversion/prompt-spans.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Demand, Operation, Outcome, Policy, PromptPlacement } from '../kernel/hotline.ts';
import { type Text, untranslated } from '../kernel/text.ts';
import { project } from '../queueing/project.ts';
import { liveDemand, promptsOfPlan } from './diversion/live-demand.ts';
import { neverDiverted, type PlannedOperation } from './operation/planned-operation.ts';
import {
  effectBasis,
  intervalOffered,
  intervalRates,
  measureEffect,
  projectedPaths,
} from './operation/measure-effect.ts';
import { withRoster } from './operation/operators-seen.ts';
import { projectCases } from './operation/project-plan.ts';
import { assumedOf, loadPlan, unusualOf } from './operation/stored-plan.ts';
import { openIntervals, type WeekHorizon, writeSpan } from './operation/week-horizon.ts';
import { planningFinding } from './planning-findings.ts';
import type { Models, Ports } from './ports.ts';

/**
 * Prompts for a plan's week on its own roster, and what they do: before and after, at half and at double the
 * take-up that was believed. With `asOf`: for the rest of that day, from its calls so far. Prompts are chosen on the
 * mean forecast; every figure told of them rests on the one base that the document names.
 */
export const divertPlan = async (ports: Ports, request: DivertRequest): Promise<DivertDocument> => {
  const stored = await loadPlan(ports, request.plan);
  const { plan, week } = stored;
  const planned = await withRoster(ports.store, stored.planned, week, request.roster ?? 'planned');
  const { models, capacity } = planned;
  const { asOf, seed } = request;
  const { assumedCauses } = plan;
  const live =
    asOf === undefined ? undefined : await liveDemand(ports, planned, week, { asOf, seed, assumedCauses });
  const demand = live?.demand ?? planned.demand;
  const [first, end] = [live?.from ?? 0, live?.dayEnd ?? week.horizon.count];
  const effect = (outcome: Outcome) => measureEffect(outcome, week.starts, first, end);
  const targets: TargetsModel = {
    ...models.targets,
    connectionRate: plan.targets.connectionRate,
    serviceLevel: plan.targets.serviceLevel,
  };
  const policy = { ...planned.policy, prompts: [] };
  ports.progress(0.05, 'take-up');
  const { catalogue: learnt, said } = await promptsOfPlan(ports, models, week.horizon.startMillis);
  const catalogue = changeCatalogue(learnt, {
    offeredTo: request.offeredTo,
    patienceFactor: request.patienceFactor,
  });
  ports.progress(0.1, 'prompts');
  const asked: PromptRequest = {
    demand,
    capacity,
    policy,
    catalogue,
    targets,
    open: openIntervals(models, week, planned.demand).map((open, i) =>
      i >= (live?.dayStart ?? 0) && i < end ? open : 0,
    ),
    from: first,
    ...(live === undefined ? {} : { heard: live.heard }),
    neverDivert: neverDiverted(models),
    ...(request.aim === undefined ? {} : { aim: request.aim }),
    shouldStop: ports.shouldStop,
  };
  const chosen = await choosePromptsOnThreads(asked, ports.parallel);
  ports.progress(0.7, 'effect');
  const stormDate = request.asOf?.slice(0, 10) ?? worstDate(project({ demand, capacity, policy }), week);
  const cases = sensitivityCases(
    { ...planned, demand, policy: { ...policy, prompts: chosen.prompts } },
    week,
    stormDate,
  );
  const [after, before, ...otherwise] = (await projectCases(
    ports,
    [
      ...[chosen.prompts, []].map((prompts) => ({ demand, capacity, policy: { ...policy, prompts } })),
      ...cases.map(({ operation }) => operation),
    ],
    (done) => ports.progress(0.7 + 0.25 * done, 'effect'),
  )) as [Outcome, Outcome, ...Outcome[]];
  const outcomeOf = (name: SensitivityCase['case']): Outcome =>
    otherwise[cases.findIndex((own) => own.case === name)] ?? after;
  const [half, double] = [outcomeOf('half-take-up'), outcomeOf('double-take-up')];
  ports.progress(0.95, 'reasons');
  const spans = spansOf(chosen.prompts, after, catalogue);
  const hours = promptHours(demand.horizon, openIntervals(models, week, planned.demand), catalogue.rules);
  const effects: ChoiceEffects = { before, after, demand, capacity, policy, targets, catalogue, hours };
  return {
    document: 'divert',
    plan: plan.id,
    ...unusualOf(plan),
    asOf: request.asOf ?? null,
    basis: effectBasis(demand, models.hotline, request.roster ?? 'planned', live !== undefined),
    prompts: spans.map((span) => writeSpan(span, catalogue, week)),
    before: effect(before),
    after: effect(after),
    halfTakeUp: effect(half),
    doubleTakeUp: effect(double),
    fragile: isFragile(chosen.prompts, { before, after, half }, targets, request.aim ?? 'fewest-diverted'),
    operatorHoursSavedNet: hoursSaved(demand, { ...policy, prompts: chosen.prompts }, before, after),
    sensitivities: sensitivityRows(cases, otherwise.map(effect), effect(after)),
    intervals: {
      starts: [...week.starts],
      offeredBefore: intervalOffered(before),
      offeredAfter: intervalOffered(after),
      serviceLevelBefore: intervalRates(before, 'service-level'),
      serviceLevelAfter: intervalRates(after, 'service-level'),
    },
    reasons: [
      ...(live === undefined ? [] : [live.said, ...adviceNow(spans, live.from, models, catalogue, week)]),
      ...(live === undefined ? reasonsOf(chosen, effects, planned) : []),
      ...slotsBelowTarget(after, targets, week, first, end),
    ],
    assumptions: [...assumedOf(stored.plan), ...chosen.assumptions, ...said],
  };
};

/** The day with the most calls in its busiest interval, on the mean forecast. */
const worstDate = (before: Outcome, week: WeekHorizon): string => {
  const offered = intervalOffered(before);
  return (week.starts[offered.indexOf(Math.max(...offered))] ?? week.firstDate).slice(0, 10);
};

/** What to switch on now, until when; else when the next prompt starts. */
const adviceNow = (
  spans: readonly PromptSpanChoice[],
  now: number,
  models: Models,
  catalogue: PromptsModel,
  week: WeekHorizon,
): Sayable[] => {
  const written = spans.map((span) => ({ span, said: writeSpan(span, catalogue, week) }));
  const current = written.filter(({ span }) => span.from <= now && span.to > now);
  const nameOf = (queue: string) => queueName(models, queue);
  if (current.length > 0)
    return current.map(({ said }) =>
      planningFinding('play-prompt-now', { queue: nameOf(said.queue), prompt: said.name, to: said.to }),
    );
  const next = written.toSorted((a, b) => a.span.from - b.span.from)[0]?.said;
  return [
    next === undefined
      ? planningFinding('play-nothing-today')
      : planningFinding('play-nothing-now', {
          queue: nameOf(next.queue),
          prompt: next.name,
          from: next.from,
          to: next.to,
        }),
  ];
};

const queueName = (models: Models, queue: string): Text =>
  models.hotline.queues.find((own) => own.queue === queue)?.name ?? untranslated(queue);

const tierName = (models: Models, tier: string): Text =>
  models.tiers.tiers.find((own) => own.tier === tier)?.name ?? untranslated(tier);

/** A choice and its outcomes on the document's base. */
interface ChoiceEffects extends Operation {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly targets: TargetsModel;
  readonly catalogue: PromptsModel;
  readonly hours: PromptHours;
}

/** Why these prompts, and what keeps the worst half-hour in which they may play below its target. */
const reasonsOf = (chosen: PromptChoice, effects: ChoiceEffects, { models }: PlannedOperation): Sayable[] => {
  if (chosen.rulesClash) return [...chosen.reasons];
  const { policy, after, hours } = effects;
  const { mayPlay } = hours;
  const { prompts, limitedByShare, spans } = chosen;
  const said = explainChoice({
    ...effects,
    spans: spans.length,
    limitedByShare,
    placements: prompts,
  });
  const interval = worstInterval(after, (i) => mayPlay[i] === 1);
  if (interval < 0) return said;
  return [
    ...said,
    ...explainShortfall({
      ...effects,
      policy: { ...policy, prompts },
      mayPlay,
      neverDivert: neverDiverted(models),
      interval,
      futures: projectedPaths,
      queueName: (queue) => queueName(models, queue),
      tierName: (tier) => tierName(models, tier),
    }),
  ];
};

/**
 * Operator-hours that callers no longer ask for, less those that their online requests cost: a channel works on what it
 * can serve.
 */
const hoursSaved = (demand: Demand, policy: Policy, before: Outcome, after: Outcome): number => {
  let seconds = 0;
  demand.queues.forEach((queue, q) => {
    const [was, is] = [before.queues[q], after.queues[q]];
    queue.handleTimeSeconds.forEach((handle, i) => {
      seconds += ((was?.answered[i] ?? 0) - (is?.answered[i] ?? 0)) * handle;
    });
  });
  for (const { operatorSeconds } of onlineWork(after, policy.prompts, policy.channels))
    seconds -= operatorSeconds;
  return seconds / 3600;
};

const slotsBelowTarget = (
  after: Outcome,
  targets: TargetsModel,
  week: WeekHorizon,
  from: number,
  to: number,
): Sayable[] => {
  const left = intervalsBelowTarget(after, targets).filter((i) => i >= from && i < to);
  if (left.length === 0) return [];
  const first = left.slice(0, 5).map((i) => (week.starts[i] ?? '').replace('T', ' '));
  return [planningFinding('intervals-stay-below-target', { intervals: left.length, starts: first })];
};

/** A storm: so much more from 14:00 until it is over. */
const storm = { from: '14:00', to: '20:00', factor: 1.5 } as const;

interface Case {
  readonly case: DivertDocument['sensitivities'][number]['case'];
  readonly name: Sayable;
  readonly change: Partial<ScenarioModel>;
  /** Factor on the patience that those have by each prompt who hear it and stay; left out: 1. */
  readonly patienceTimes?: number;
}

/** What may turn out otherwise: take-up, calls, operators, weather on one day. */
const casesOf = ({ capacity, policy, models }: PlannedOperation, stormDate: string): Case[] => {
  const largest = capacity.tiers.toSorted(
    (a, b) => Math.max(0, ...b.operators) - Math.max(0, ...a.operators),
  )[0]?.tier;
  const absent = models.tiers.tiers.find(({ tier }) => tier === largest)?.name;
  return [
    { case: 'half-take-up', name: planningFinding('half-take-up'), change: { takeUpFactor: 0.5 } },
    { case: 'double-take-up', name: planningFinding('double-take-up'), change: { takeUpFactor: 2 } },
    { case: 'more-calls', name: planningFinding('more-calls'), change: { callsFactor: 1.1 } },
    { case: 'fewer-calls', name: planningFinding('fewer-calls'), change: { callsFactor: 0.9 } },
    {
      case: 'two-absent',
      name: planningFinding('two-operators-absent', { tier: absent ?? null }),
      change: { operatorsChange: largest === undefined ? {} : { [largest]: -2 } },
    },
    {
      case: 'storm',
      name: planningFinding('storm', { date: stormDate, from: storm.from, factor: storm.factor }),
      change: {
        surges: [
          { from: `${stormDate}T${storm.from}`, to: `${stormDate}T${storm.to}`, factor: storm.factor },
        ],
      },
    },
    ...hearingCases(policy.prompts),
  ];
};

/** Seconds of wait above which prompts for everyone are offered in the case that asks. */
const caseWaitSeconds = 30;

/** Who hears the prompts, and how long those bear the wait who stay. */
const hearingCases = (placements: readonly PromptPlacement[]): Case[] => {
  const isForAll = placements.every(({ offeredTo = 'all' }) => offeredTo === 'all');
  return [
    {
      case: 'offered-otherwise',
      name: isForAll
        ? planningFinding('played-by-wait', { seconds: caseWaitSeconds })
        : planningFinding('played-to-everyone'),
      change: { offeredTo: isForAll ? { waitAboveSeconds: caseWaitSeconds } : 'all' },
    },
    {
      case: 'less-patience',
      name: planningFinding('less-patience-after-prompt'),
      change: {},
      patienceTimes: 0.8,
    },
    {
      case: 'more-patience',
      name: planningFinding('more-patience-after-prompt'),
      change: {},
      patienceTimes: 1.25,
    },
  ];
};

interface SensitivityCase extends Pick<Case, 'case' | 'name'> {
  readonly operation: Operation;
}

/** The same prompts, those of the operation's policy, when something turns out otherwise. */
export const sensitivityCases = (
  planned: PlannedOperation,
  week: WeekHorizon,
  stormDate: string,
): SensitivityCase[] =>
  casesOf(planned, stormDate).map(({ case: scenario, name, change, patienceTimes = 1 }) => {
    const { demand, capacity, policy, models } = planned;
    const prompts = scalePatience(policy.prompts, patienceTimes);
    const changed = applyScenario(
      { demand, capacity, policy: { ...policy, prompts } },
      scenarioSchema.parse({ scenario, ...change }),
      { starts: week.starts, catalogue: models.prompts },
    );
    return { case: scenario, name, operation: changed };
  });

type Effect = DivertDocument['before'];

/** What the cases do, in the order of their outcomes' effects, beside the prompts as believed: what moves the service level most comes first. */
export const sensitivityRows = (
  cases: readonly SensitivityCase[],
  effects: readonly Effect[],
  as: Effect,
): DivertDocument['sensitivities'] =>
  cases
    .map(({ case: name, name: said }, k) => {
      const effect = effects[k] ?? as;
      const moved = (rate: 'serviceLevel' | 'connectionRate'): number =>
        (effect[rate] ?? 0) - (as[rate] ?? 0);
      return {
        case: name,
        name: said,
        effect,
        serviceLevelChange: moved('serviceLevel'),
        connectionRateChange: moved('connectionRate'),
      };
    })
    .sort((a, b) => Math.abs(b.serviceLevelChange) - Math.abs(a.serviceLevelChange));

/** The same prompts when those who hear them and stay bear the wait `factor` times as long. */
const scalePatience = (placements: readonly PromptPlacement[], factor: number): PromptPlacement[] =>
  placements.map((placement) => ({
    ...placement,
    response: {
      ...placement.response,
      patienceFactor: factor * (placement.response.patienceFactor ?? 1),
    },
  }));
