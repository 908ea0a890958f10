import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { levelName, shareNames } from './figure-names.ts';
import { rounded } from './format.ts';
import { tableOf, type ReportTable } from './report-table.ts';
import type { ReportWords } from './words.ts';

/** Every owner's intervals, one after another. */
const everyInterval = <Owner>(
  plan: PlanDocument,
  owners: readonly Owner[],
): { owner: Owner; start: string; i: number }[] =>
  owners.flatMap((owner) => plan.starts.map((start, i) => ({ owner, start, i })));

/** A row for each interval of each tier: operators needed, scheduled and seen, and how busy they are. */
export const tierTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable =>
  tableOf(
    words.tier,
    everyInterval(plan, plan.tiers),
    [
      [words.start, ({ start }) => start],
      [words.tier, ({ owner }) => inLanguage(owner.name, language)],
      [words.requiredOperators, ({ owner, i }) => rounded(owner.required[i] ?? null, 2)],
      [words.scheduledOperators, ({ owner, i }) => rounded(owner.scheduled[i] ?? null, 2)],
      [words.seenOperators, ({ owner, i }) => rounded(owner.seen?.[i] ?? null, 2)],
      [words.occupancy, ({ owner, i }) => rounded(owner.occupancy[i] ?? null)],
    ],
    shareNames(plan, words),
  );

/** A row for each interval of each queue: calls with their ranges, and what becomes of them. */
export const queueTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable =>
  tableOf(
    words.intervals,
    everyInterval(plan, plan.queues),
    [
      [words.start, ({ start }) => start],
      [words.queue, ({ owner }) => inLanguage(owner.name, language)],
      [words.mean, ({ owner, i }) => rounded(owner.mean[i] ?? null, 2)],
      [words.low95, ({ owner, i }) => rounded(owner.q025[i] ?? null, 2)],
      [words.low80, ({ owner, i }) => rounded(owner.q10[i] ?? null, 2)],
      [words.high80, ({ owner, i }) => rounded(owner.q90[i] ?? null, 2)],
      [words.high95, ({ owner, i }) => rounded(owner.q975[i] ?? null, 2)],
      [words.offered, ({ owner, i }) => rounded(owner.offered[i] ?? null, 2)],
      [words.connectionRate, ({ owner, i }) => rounded(owner.connectionRate[i] ?? null)],
      [levelName(plan, words), ({ owner, i }) => rounded(owner.serviceLevel[i] ?? null)],
      [words.speedOfAnswer, ({ owner, i }) => rounded(owner.averageSpeedOfAnswerSeconds[i] ?? null, 2)],
    ],
    shareNames(plan, words),
  );
