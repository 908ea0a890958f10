import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { gatherEvidence } from '../../diversion/gather-evidence.ts';
import { takeUpOf } from '../../diversion/learn-catalogue.ts';
import { normalQuantile } from '../../kernel/distributions.ts';
import { dayNumber } from '../../kernel/time.ts';
import type { Models, Store } from '../ports.ts';
import { learnFromStore, seenPrompts } from '../history/seen-prompts.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';

/**
 * Each prompt that played in a week: the take-up believed before it (the catalogue's, or what was learnt until
 * then) beside what the week's counts say, with an 80 % interval of the counts' noise.
 */
export const promptsAgainstSeen = async (
  store: Store,
  models: Models,
  week: WeekHorizon,
): Promise<CompareDocument['prompts']> => {
  const { horizon } = week;
  const end = horizon.startMillis + horizon.count * horizon.intervalMinutes * 60_000;
  const found = await seenPrompts(store, models, end);
  if (found === undefined) return [];
  const { catalogue } = await learnFromStore(store, models, horizon.startMillis);
  const from = dayNumber(week.firstDate) - found.firstDay;
  const to = Math.min(found.seen.dayKind.length, from + week.dates.length);
  return catalogue.prompts.flatMap((entry) => {
    const own = gatherEvidence(entry, catalogue.prompts, found.seen, Math.max(0, from), to);
    if (own === undefined) return [];
    const sum = (field: 'heard' | 'moved' | 'movedVariance'): number =>
      own.evidence.reduce((total, e) => total + e[field], 0);
    const heard = sum('heard');
    const seenShare = sum('moved') / heard;
    const half = (normalQuantile(0.9) * Math.sqrt(sum('movedVariance'))) / heard;
    return [
      {
        prompt: entry.prompt,
        name: entry.name,
        from: own.from,
        intervals: own.evidence.length,
        heard,
        predictedShare: takeUpOf(entry),
        seenShare,
        low: seenShare - half,
        high: seenShare + half,
        predictedCallers: takeUpOf(entry) * heard,
        seenCallers: sum('moved'),
      },
    ];
  });
};
