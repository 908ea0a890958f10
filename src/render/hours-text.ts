import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { whole } from './format.ts';
import { shortageOf } from './shortages.ts';
import type { ReportWords } from './words.ts';

/** Required, scheduled and seen operator-hours of the week; a shortage is told gross and net. */
export const hoursText = (plan: PlanDocument, words: ReportWords): string => {
  const { total } = plan;
  const seen = total.seenOperatorHours === null ? words.notRecorded : whole(total.seenOperatorHours);
  const { hours: short, spare } = shortageOf(plan);
  const line = `${words.required} ${whole(total.requiredOperatorHours)}${words.semicolon}${words.scheduled} ${whole(total.scheduledOperatorHours)}${words.semicolon}${words.seenHours} ${seen}`;
  if (short < 0.5) return line;
  const net = total.scheduledOperatorHours - total.requiredOperatorHours;
  const gross = { short: whole(short), spare: whole(spare), net: `${net > 0 ? '+' : ''}${whole(net)}` };
  return `${line}\n${words.shortGross(gross)}`;
};
