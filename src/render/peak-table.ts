import type { PlanDay, PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { whole } from './format.ts';
import { textTable } from './text-table.ts';
import type { ReportWords } from './words.ts';

/** Interval of the week at which a day needs most operators; -1 where the plan's starts lack it. */
const peakAt = (plan: PlanDocument, day: PlanDay): number =>
  plan.starts.indexOf(`${day.date}T${day.peak.start.slice(-5)}`);

/** Operators of all tiers that shifts put into a day's busiest interval; null where it cannot be told. */
export const scheduledAtPeak = (plan: PlanDocument, day: PlanDay): number | null => {
  const at = peakAt(plan, day);
  return at < 0 ? null : plan.tiers.reduce((sum, tier) => sum + (tier.scheduled[at] ?? 0), 0);
};

const nobody = '–';

/** Required and scheduled operators of a tier in a day's busiest interval, such as 24/22; a dash where none. */
export const needAndDuty = (
  plan: PlanDocument,
  tier: PlanDocument['tiers'][number],
  day: PlanDay,
): string => {
  const required = day.peak.operators[tier.tier] ?? 0;
  const scheduled = tier.scheduled[peakAt(plan, day)] ?? 0;
  return required === 0 && scheduled === 0 ? nobody : `${whole(required)}/${whole(scheduled)}`;
};

/** Required and scheduled operators of each tier at each day's busiest interval: a row per tier. */
export const peakTable = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const rows = plan.tiers.map((tier) => [
    inLanguage(tier.name, language),
    ...plan.days.map((day) => needAndDuty(plan, tier, day)),
  ]);
  const head = [words.tier, ...plan.days.map((day) => words.weekdays[day.weekday - 1] ?? '')];
  const table = textTable(head, rows);
  const isIdle = rows.some((row) => row.includes(nobody));
  return [words.peakByTier, table, ...(isIdle ? [words.nobodyNeeded] : [])].join('\n');
};
