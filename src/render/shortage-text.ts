import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, whole } from './format.ts';
import { shortageOf } from './shortages.ts';
import { textTable } from './text-table.ts';
import type { ReportWords } from './words.ts';

export interface ShortageTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Who is missing where: a row per tier that is short, its operator-hours by day and in all, and the moment at which
 * most are missing. Undefined where nobody is.
 */
export const shortageTable = (
  plan: PlanDocument,
  language: Language,
  words: ReportWords,
): ShortageTable | undefined => {
  const { worst, intervals, tiers, hours, standInHours, openHours } = shortageOf(plan);
  if (worst === undefined) return undefined;
  const names = new Map(plan.tiers.map((tier) => [tier.tier, inLanguage(tier.name, language)]));
  const moment = (start: string): string => {
    const day = plan.days.find(({ date }) => date === start.slice(0, 10));
    return `${words.weekdays[(day?.weekday ?? 1) - 1] ?? ''} ${start.slice(11, 16)}`;
  };
  return {
    title: words.shortTitle({
      intervals,
      at: moment(worst.start),
      tier: names.get(worst.tier) ?? worst.tier,
      operators: decimal(worst.operators),
      hours: decimal(hours),
      standIns: decimal(standInHours),
      open: decimal(openHours),
    }),
    head: [
      words.tier,
      ...plan.days.map((day) => words.weekdays[day.weekday - 1] ?? ''),
      words.whole,
      words.standIns,
      words.leftOpen,
      words.worstAt,
    ],
    rows: tiers.flatMap((tier) =>
      tier.worst === undefined
        ? []
        : [
            [
              names.get(tier.tier) ?? tier.tier,
              ...tier.dayHours.map((hours) => whole(hours)),
              whole(tier.hours),
              whole(-tier.standInHours),
              whole(tier.openHours),
              `${moment(tier.worst.start)} −${decimal(tier.worst.operators)}`,
            ],
          ],
    ),
  };
};

/** The same for the terminal; empty where nobody is missing. */
export const shortageText = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const found = shortageTable(plan, language, words);
  return found === undefined ? '' : `${found.title}\n${textTable(found.head, found.rows)}`;
};
