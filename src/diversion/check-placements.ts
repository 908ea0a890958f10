import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { Horizon, PromptPlacement } from '../kernel/hotline.ts';
import { wallClockOf } from '../kernel/time.ts';
import { diversionProblem, type DiversionProblems } from './diversion-findings.ts';
import { brokenRules } from './playing-rules.ts';
import { promptHours } from './prompt-hours.ts';

export interface PlacementCheck {
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

/** Prompts drawn by hand that break a rule of the catalogue; empty when none does. */
export const checkPlacements = (check: PlacementCheck): Problem[] => {
  const { horizon } = check;
  const { intervalMinutes } = horizon;
  const { day } = promptHours(horizon, check.open, check.rules);
  const problems: Problem[] = [];
  const taken = new Map<string, Uint8Array>();
  const clockAt = (interval: number): string =>
    wallClockOf(horizon.startMillis + interval * horizon.intervalMinutes * 60_000, horizon.zone).slice(0, 16);
  for (const placement of check.placements) {
    const path = `${placement.prompt}.${placement.queue}`;
    const report: Report = (interval, rule, ...values) =>
      problems.push(diversionProblem(path, rule, clockAt(interval), ...values));
    if (check.neverDivert.includes(placement.queue) && placement.on.includes(1))
      report(placement.on.indexOf(1), 'never-divert-queue');
    checkHours(check, placement, report);
    const others = taken.get(placement.queue) ?? new Uint8Array(horizon.count);
    for (const { at, problem } of brokenRules(check.rules, {
      on: placement.on,
      others,
      day,
      intervalMinutes,
    }))
      problems.push(problem(path, clockAt(at)));
    taken.set(
      placement.queue,
      others.map((o, i) => (o === 1 || placement.on[i] === 1 ? 1 : 0)),
    );
  }
  return problems;
};
