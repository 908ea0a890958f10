import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { ScenarioModel } from '../contract/models/scenario-model.ts';
import type { Problem } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { Horizon, Operation, PromptPlacement } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { wallClockOf } from '../kernel/time.ts';
import { diversionProblem, type DiversionProblems } from './diversion-findings.ts';
import { brokenRules, promptHours } from './playing-rules.ts';
import { type DaySpan, daySpans, queueDay } from './prompt-spans.ts';

export type ScenarioPlacement = NonNullable<ScenarioModel['placements']>[number];
export type Surge = ScenarioModel['surges'][number];

/** What a scenario is laid over beside the operation itself. */
export interface ScenarioGround {
  /** Local wall clock 'YYYY-MM-DDTHH:MM' at which each interval starts. */
  readonly starts: readonly string[];
  /** Prompts that may be drawn. */
  readonly catalogue: PromptsModel;
}

/**
 * Why something of a scenario has no place in an operation: other days, a name it does not know, times that are none of
 * the intervals', a surge on its days that covers no interval's start.
 */
export type Misfit = 'other-week' | 'unknown-prompt' | 'unknown-queue' | 'off-grid' | 'between-starts';

/** What of a scenario has no place in an operation, in the scenario's order. */
export interface ScenarioMisfits {
  readonly placements: readonly { readonly placement: ScenarioPlacement; readonly why: Misfit }[];
  readonly surges: readonly { readonly surge: Surge; readonly why: Misfit }[];
  /** Tiers whose operators are to change and that are not there. */
  readonly tiers: readonly string[];
}

/** What has no place: a scenario may have been drawn for another week or another hotline. */
export const scenarioMisfits = (
  operation: Operation,
  scenario: ScenarioModel,
  ground: ScenarioGround,
): ScenarioMisfits => ({
  placements: (scenario.placements ?? []).flatMap((placement) =>
    whyNoPlacement(operation, placement, ground).map((why) => ({ placement, why })),
  ),
  surges: scenario.surges.flatMap((surge) => {
    const why = whyNoSurge(operation, surge, ground.starts);
    return why === undefined ? [] : [{ surge, why }];
  }),
  tiers: Object.keys(scenario.operatorsChange).filter(
    (tier) => !operation.capacity.tiers.some((own) => own.tier === tier),
  ),
});

/** Intervals in which a drawn prompt plays, `from` to before `to`; undefined where its times are none of theirs. */
export const intervalsOfPlacement = (
  { date, from, to }: ScenarioPlacement,
  starts: readonly string[],
): { readonly from: number; readonly to: number } | undefined => {
  const first = starts.indexOf(`${date}T${from}`);
  const end =
    to === '24:00'
      ? starts.findLastIndex((start) => start.startsWith(date)) + 1
      : starts.indexOf(`${date}T${to}`);
  return first < 0 || end <= first ? undefined : { from: first, to: end };
};

const hasQueue = ({ demand }: Operation, wanted: string): boolean =>
  demand.queues.some(({ queue }) => queue === wanted);

const hasDate = (starts: readonly string[], date: string): boolean =>
  starts.some((start) => start.startsWith(date));

const whyNoPlacement = (
  operation: Operation,
  placement: ScenarioPlacement,
  { starts, catalogue }: ScenarioGround,
): Misfit[] => {
  const unknown: Misfit[] = [
    ...(catalogue.prompts.some(({ prompt }) => prompt === placement.prompt)
      ? []
      : ['unknown-prompt' as const]),
    ...(hasQueue(operation, placement.queue) ? [] : ['unknown-queue' as const]),
  ];
  if (unknown.length > 0) return unknown;
  const { intervalMinutes } = operation.demand.horizon;
  const [from, to] = [minuteOf(placement.from), minuteOf(placement.to)];
  if (from >= to || from % intervalMinutes !== 0 || to % intervalMinutes !== 0) return ['off-grid'];
  if (!hasDate(starts, placement.date)) return ['other-week'];
  return intervalsOfPlacement(placement, starts) === undefined ? ['off-grid'] : [];
};

const whyNoSurge = (
  operation: Operation,
  { queue, from: first, to: last }: Surge,
  starts: readonly string[],
): Misfit | undefined => {
  if (queue !== undefined && !hasQueue(operation, queue)) return 'unknown-queue';
  const [from, to] = [first.slice(0, 16), last.slice(0, 16)];
  if (starts.some((start) => start >= from && start < to)) return undefined;
  if (!hasDate(starts, from.slice(0, 10))) return 'other-week';
  return from < to ? 'between-starts' : 'off-grid';
};

/** The scenario without what has no place. */
export const withoutMisfits = (
  scenario: ScenarioModel,
  { placements, surges, tiers }: ScenarioMisfits,
): ScenarioModel => ({
  ...scenario,
  surges: scenario.surges.filter((own) => !surges.some(({ surge }) => surge === own)),
  operatorsChange: Object.fromEntries(
    Object.entries(scenario.operatorsChange).filter(([tier]) => !tiers.includes(tier)),
  ),
  ...(scenario.placements === undefined
    ? {}
    : {
        placements: scenario.placements.filter(
          (own) => !placements.some(({ placement }) => placement === own),
        ),
      }),
});

interface PlacementCheck {
  readonly placements: readonly PromptPlacement[];
  readonly rules: PromptsModel['rules'];
  readonly horizon: Horizon;
  /** 1 where the line is open. */
  readonly open: Uint8Array;
  readonly neverDivert: readonly string[];
}

type Report = <Rule extends keyof DiversionProblems>(
  interval: number,
  rule: Rule,
  ...values: NoValues extends DiversionProblems[Rule] ? [] : [values: DiversionProblems[Rule]]
) => unknown;

const checkHours = (check: PlacementCheck, placement: PromptPlacement, report: Report): void => {
  const { barredBy } = promptHours(check.horizon, check.open, check.rules);
  const closed = placement.on.findIndex((on, i) => on === 1 && check.open[i] !== 1);
  if (closed >= 0) report(closed, 'outside-opening-hours');
  const barred = placement.on.findIndex((on, i) => on === 1 && barredBy[i] !== undefined);
  const rule = barredBy[barred];
  if (rule !== undefined) report(barred, rule);
  const lost = placement.on.findIndex(
    (on, i) => on === 1 && placement.response.offPeakShare > 0 && (placement.offPeakTarget[i] ?? -1) <= i,
  );
  if (lost >= 0) report(lost, 'off-peak-hour-missing');
};

/** The days of a queue as they are judged: what it hears in all; where two prompts play at once, each by itself. */
const judgedDays = (own: readonly PromptPlacement[], [from, to]: DaySpan): readonly PromptPlacement[][] => {
  for (let i = from; i < to; i += 1)
    if (own.filter(({ on }) => on[i] === 1).length > 1) return own.map((placement) => [placement]);
  return [[...own]];
};

/** Prompts drawn by hand that break a rule of the catalogue; empty when none does. */
export const checkPlacements = (check: PlacementCheck): Problem[] => {
  const { horizon, placements, rules } = check;
  const { day, mayPlay } = promptHours(horizon, check.open, rules);
  const problems: Problem[] = [];
  const clockAt = (interval: number): string =>
    wallClockOf(horizon.startMillis + interval * horizon.intervalMinutes * 60_000, horizon.zone).slice(0, 16);
  for (const [p, placement] of placements.entries()) {
    const report: Report = (interval, rule, ...values) =>
      problems.push(diversionProblem(pathOf(placement), rule, clockAt(interval), ...values));
    if (check.neverDivert.includes(placement.queue) && placement.on.includes(1))
      report(placement.on.indexOf(1), 'never-divert-queue');
    checkHours(check, placement, report);
    const before = placements.slice(0, p).filter(({ queue }) => queue === placement.queue);
    const twice = placement.on.findIndex((on, i) => on === 1 && before.some((other) => other.on[i] === 1));
    if (twice >= 0) report(twice, 'one-prompt-at-a-time');
  }
  for (const queue of new Set(placements.map((placement) => placement.queue))) {
    const own = placements.filter((placement) => placement.queue === queue);
    for (const span of daySpans(day))
      for (const judged of judgedDays(own, span)) {
        const heard = queueDay(judged, span, mayPlay, horizon.intervalMinutes);
        for (const { at, problem } of brokenRules(rules, heard)) {
          const placement = judged[heard.row[at] ?? -1];
          if (placement !== undefined) problems.push(problem(pathOf(placement), clockAt(span[0] + at)));
        }
      }
  }
  return problems;
};

const pathOf = ({ prompt, queue }: PromptPlacement): string => `${prompt}.${queue}`;
