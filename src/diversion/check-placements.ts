import { valueAt } from '../kernel/value-at.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { Horizon, PromptPlacement } from '../kernel/hotline.ts';
import { wallClockOf } from '../kernel/time.ts';
import { diversionProblem, type DiversionProblems } from './diversion-findings.ts';
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
) => void;

const checkHours = (check: PlacementCheck, placement: PromptPlacement, report: Report): void => {
  const { mayPlay } = promptHours(check.horizon, check.open, check.rules.quietHours);
  const closed = placement.on.findIndex((on, i) => on === 1 && check.open[i] !== 1);
  if (closed >= 0) report(closed, 'outside-opening-hours');
  const quiet = placement.on.findIndex((on, i) => on === 1 && check.open[i] === 1 && mayPlay[i] !== 1);
  if (quiet >= 0) report(quiet, 'never-in-quiet-hours');
  const lost = placement.on.findIndex(
    (on, i) => on === 1 && placement.response.offPeakShare > 0 && (placement.offPeakTarget[i] ?? -1) <= i,
  );
  if (lost >= 0) report(lost, 'off-peak-hour-missing');
};

const checkLengths = (
  check: PlacementCheck,
  placement: PromptPlacement,
  day: Int32Array,
  report: Report,
): void => {
  const { intervalMinutes } = check.horizon;
  const { minimumOnMinutes, maximumOnMinutesPerDay } = check.rules;
  const { on } = placement;
  for (let i = 0; i < on.length; i += 1) {
    if (on[i] !== 1 || (i > 0 && on[i - 1] === 1)) continue;
    let to = i;
    while (on[to] === 1) to += 1;
    if ((to - i) * intervalMinutes < minimumOnMinutes)
      report(i, 'minimum-on-time', {
        minutes: (to - i) * intervalMinutes,
        minimumMinutes: minimumOnMinutes,
      });
  }
  const minutes = new Map<number, number>();
  for (let i = 0; i < on.length; i += 1) {
    if (on[i] !== 1) continue;
    const d = valueAt(day, i);
    const before = minutes.get(d) ?? 0;
    minutes.set(d, before + intervalMinutes);
    if (before <= maximumOnMinutesPerDay && before + intervalMinutes > maximumOnMinutesPerDay)
      report(i, 'maximum-on-time-per-day', { maximumMinutes: maximumOnMinutesPerDay });
  }
};

/** Prompts drawn by hand that break a rule of the catalogue; empty when none does. */
export const checkPlacements = (check: PlacementCheck): Problem[] => {
  const { horizon } = check;
  const { day } = promptHours(horizon, check.open, check.rules.quietHours);
  const problems: Problem[] = [];
  const taken = new Map<string, Uint8Array>();
  for (const placement of check.placements) {
    const report: Report = (interval, rule, ...values) => {
      const at = wallClockOf(horizon.startMillis + interval * horizon.intervalMinutes * 60_000, horizon.zone);
      problems.push(
        diversionProblem(`${placement.prompt}.${placement.queue}`, rule, at.slice(0, 16), ...values),
      );
    };
    if (check.neverDivert.includes(placement.queue) && placement.on.includes(1))
      report(placement.on.indexOf(1), 'never-divert-queue');
    checkHours(check, placement, report);
    checkLengths(check, placement, day, report);
    const others = taken.get(placement.queue) ?? new Uint8Array(horizon.count);
    const clash = placement.on.findIndex((on, i) => on === 1 && others[i] === 1);
    if (clash >= 0) report(clash, 'one-prompt-at-a-time');
    taken.set(
      placement.queue,
      others.map((o, i) => (o === 1 || placement.on[i] === 1 ? 1 : 0)),
    );
  }
  return problems;
};
