import { type PromptSchedule, type spanRulesOf, stretchesOf } from '../../src/diversion/playing-rules.ts';
import { placePrompt, type PromptRequest } from '../../src/diversion/prompt-spans.ts';
import { aimCosts, type DiversionAim } from '../../src/diversion/diversion-aim.ts';
import type { PromptPlacement } from '../../src/kernel/hotline.ts';
import { sumOf } from '../../src/kernel/statistics.ts';
import { project } from '../../src/queueing/project.ts';

type SpanRules = ReturnType<typeof spanRulesOf>;

/** True when a row keeps the rules of proposals. */
export const keepsSpans = (row: PromptSchedule, { minimumOn, maximumOn }: SpanRules): boolean => {
  const stretches = stretchesOf(row);
  return (
    stretches.reduce((sum, { from, to }) => sum + to - from, 0) <= maximumOn &&
    stretches.every(({ from, to }) => to - from >= minimumOn)
  );
};

/** All rows of a count of prompts that keep the rules. */
export const allRows = (count: number, prompts: number, rules: SpanRules): PromptSchedule[] => {
  const rows: PromptSchedule[] = [];
  const row = new Int8Array(count).fill(-1);
  const fill = (i: number): void => {
    if (i === count) {
      if (keepsSpans(row, rules)) rows.push(row.slice());
      return;
    }
    for (let p = -1; p < prompts; p += 1) {
      row[i] = p;
      fill(i + 1);
    }
  };
  fill(0);
  return rows;
};

/** A row of a queue as placements, for prompts that send nobody off-peak. */
export const placeRow = (request: PromptRequest, queue: string, row: PromptSchedule): PromptPlacement[] =>
  request.catalogue.prompts.flatMap((own, p) => {
    const stretches = stretchesOf(row)
      .filter(({ prompt }) => prompt === p)
      .map(({ from, to }) => ({ from, to, offPeakTarget: -1 }));
    return stretches.length === 0 ? [] : [placePrompt(own, queue, stretches, row.length)];
  });

/** What a choice costs on its aim, in calls, on the mean demand. */
export const costOfChoice = (
  request: PromptRequest,
  prompts: readonly PromptPlacement[],
  aim: DiversionAim,
): number => {
  const { demand, capacity, policy, targets } = request;
  return sumOf(
    aimCosts(project({ demand, capacity, policy: { ...policy, prompts } }), prompts, targets, aim),
  );
};

/** The least cost of any choice that keeps the span rules, one row per queue. */
export const leastCost = (request: PromptRequest, rules: SpanRules, aim: DiversionAim): number => {
  const { demand, catalogue } = request;
  const rows = allRows(demand.horizon.count, catalogue.prompts.length, rules);
  const placed = demand.queues.map(({ queue }) => rows.map((row) => placeRow(request, queue, row)));
  let least = Infinity;
  const tryAll = (q: number, sofar: readonly PromptPlacement[]): void => {
    const own = placed[q];
    if (own === undefined) least = Math.min(least, costOfChoice(request, sofar, aim));
    else for (const prompts of own) tryAll(q + 1, [...sofar, ...prompts]);
  };
  tryAll(0, []);
  return least;
};
