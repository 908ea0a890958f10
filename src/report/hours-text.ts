import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { fill, whole } from './format.ts';
import type { ReportWords } from './words.ts';

/** Operator-hours by which tiers are below their requirement, and above it, each summed over intervals. */
export const shortAndSpare = ({
  tiers,
  intervalMinutes,
}: Pick<PlanDocument, 'tiers' | 'intervalMinutes'>): { readonly short: number; readonly spare: number } => {
  let short = 0;
  let spare = 0;
  for (const tier of tiers)
    tier.required.forEach((required, i) => {
      const missing = ((required - (tier.scheduled[i] ?? 0)) * intervalMinutes) / 60;
      if (missing > 0) short += missing;
      else spare -= missing;
    });
  return { short, spare };
};

/** Required, scheduled and seen operator-hours of the week; a shortage is told gross and net. */
export const hoursText = (plan: PlanDocument, words: ReportWords): string => {
  const { total } = plan;
  const seen = total.seenOperatorHours === null ? words.notRecorded : whole(total.seenOperatorHours);
  const { short, spare } = shortAndSpare(plan);
  const line = `${words.required} ${whole(total.requiredOperatorHours)}${words.semicolon}${words.scheduled} ${whole(total.scheduledOperatorHours)}${words.semicolon}${words.seenHours} ${seen}`;
  if (short < 0.5) return line;
  const net = total.scheduledOperatorHours - total.requiredOperatorHours;
  const gross = { short: whole(short), spare: whole(spare), net: `${net > 0 ? '+' : ''}${whole(net)}` };
  return `${line}\n${fill(words.shortGross, gross)}`;
};
