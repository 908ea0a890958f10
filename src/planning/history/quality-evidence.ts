import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { OperatorRecord, PresenceRecord, TestCall } from '../../kernel/records.ts';
import { dayMillis } from '../../kernel/time.ts';
import {
  fitOccupancyEffect,
  type OccupancyEffect,
  occupancyRows,
  type QualitySource,
} from '../../monitoring/occupancy-effect.ts';
import type { TierFigures } from '../../monitoring/tier-evidence.ts';
import type { Models, Span, Store } from '../ports.ts';

/** What the line's own records say of the quality that its callers meet. */
export interface QualityEvidence {
  readonly tiers: Readonly<Record<string, TierFigures>>;
  readonly operators: readonly OperatorRecord[];
  /** How quality and resolution moved with occupancy, on test calls of the past. */
  readonly occupancy: Readonly<Record<QualitySource, OccupancyEffect>>;
}

/** Figures of the tiers whose operators have any: means over those who have them. A tier without any is left out. */
export const tierFigures = (
  operators: readonly OperatorRecord[],
  tiers: TiersModel,
): Record<string, TierFigures> => {
  const figures: Record<string, TierFigures> = {};
  for (const { tier } of tiers.tiers) {
    const own = operators.filter((operator) => operator.tier === tier);
    const qualityScore = meanOf(own.map((operator) => operator.qualityScore));
    const firstContactResolution = meanOf(own.map((operator) => operator.firstContactResolution));
    if (qualityScore === undefined && firstContactResolution === undefined) continue;
    figures[tier] = {
      ...(qualityScore === undefined ? {} : { qualityScore }),
      ...(firstContactResolution === undefined ? {} : { firstContactResolution }),
    };
  }
  return figures;
};

const meanOf = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** Reads what the store knows of quality before an instant. */
export const qualityEvidence = async (
  store: Store,
  models: Models,
  untilMillis: number,
): Promise<QualityEvidence> => {
  const operators = await store.read('operators');
  const rows = await rowsOf(store, models, untilMillis);
  return {
    tiers: tierFigures(operators, models.tiers),
    operators,
    occupancy: {
      'quality-score': fitOccupancyEffect(rows('quality-score')),
      'first-contact-resolution': fitOccupancyEffect(rows('first-contact-resolution')),
    },
  };
};

const rowsOf = async (store: Store, models: Models, untilMillis: number) => {
  const own = models.hotline.monitoredAs;
  const placed = await store.monitoring.testCalls(own, { fromMillis: -8.64e15, toMillis: untilMillis });
  const calls = placed.filter(({ indicators }) => Object.keys(indicators).length > 0);
  // Several hotlines' calls say nothing of this one's operators.
  const one = new Set(calls.map(({ hotline }) => hotline)).size === 1;
  if (!one) return () => [];
  const span = { fromMillis: (calls[0]?.placedAtMillis ?? 0) - dayMillis, toMillis: untilMillis };
  for (const { placedAtMillis } of calls)
    span.fromMillis = Math.min(span.fromMillis, placedAtMillis - dayMillis);
  const queues = models.hotline.queues.map(({ queue }) => queue);
  const all = await Promise.all(queues.map((queue) => store.traffic(queue, span)));
  const traffic = all.filter(({ intervalMinutes }) => intervalMinutes > 0);
  const presence = await presenceAtCalls(store, span, calls, traffic[0]?.intervalMinutes ?? 0);
  return (source: QualitySource) => occupancyRows(calls, traffic, presence, models.scorecard, source);
};

/** More calls than this are asked for one by one in vain: they lie in most of all intervals. */
const mostAsked = 5000;

/** Presence in the intervals in which calls were placed: of years of it, little. All of it where there is none in them. */
const presenceAtCalls = async (
  store: Store,
  span: Span,
  calls: readonly TestCall[],
  minutes: number,
): Promise<readonly PresenceRecord[]> => {
  const length = minutes * 60_000;
  if (!(length > 0) || span.fromMillis < 0 || calls.length > mostAsked) return store.read('presence', span);
  const asked = new Set(calls.map(({ placedAtMillis }) => Math.floor(placedAtMillis / length) * length));
  const found = await store.read('presence', span, { minutes, startMillis: [...asked] });
  return found.length > 0 ? found : store.read('presence', span);
};
