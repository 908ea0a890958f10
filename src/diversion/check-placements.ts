import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { Horizon, PromptPlacement } from '../kernel/hotline.ts';
import { wallClockOf } from '../kernel/time.ts';
import { diversionProblem, type DiversionProblems } from './diversion-findings.ts';
import { brokenRules, promptHours } from './playing-rules.ts';
import { type DaySpan, daySpans, queueDay } from './prompt-spans.ts';

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
