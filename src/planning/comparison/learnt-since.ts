import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { takeUpOf } from '../../diversion/learn-catalogue.ts';
import { estimatePatience } from '../../forecast/behaviour/behaviour.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { fitScorecard, scoredRows } from '../../monitoring/scorecard.ts';
import { forecastAgainstActual } from './forecast-against-actual.ts';
import { loadPlan } from '../operation/stored-plan.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models, Ports, Store, TrafficColumns } from '../ports.ts';
import { learnFromStore } from '../history/seen-prompts.ts';
import { qualityEvidence } from '../history/quality-evidence.ts';
import { weekHorizon, type WeekHorizon } from '../operation/week-horizon.ts';
import { readActuals } from './read-actuals.ts';
import { addDays, dayMillis, weekOf } from '../../kernel/time.ts';
import { meanOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';

type Learnt = NonNullable<CompareDocument['learnt']>[number];

const behaviourWeeks = 26;
const weekMillis = 7 * dayMillis;

/**
 * What a week has taught, and how that differs from what was believed before it: the forecast's bias, handle time and
 * patience of every queue, take-up of prompts, the effect of occupancy on quality, and the scorecard's weights as
 * published scores tell them. The next plan reads all but the last from the same records.
 */
export const learntSince = async (
  ports: Ports,
  models: Models,
  week: WeekHorizon,
  bias: number | null,
  seed: number,
): Promise<Learnt[]> => {
  const { startMillis } = week.horizon;
  const { store } = ports;
  const after = startMillis + weekMillis;
  return [
    ...(await biasLearnt(ports, models, week, bias)),
    ...(await behaviourLearnt(store, models, startMillis, after)),
    ...(await takeUpLearnt(store, models, startMillis, after)),
    ...(await occupancyLearnt(store, models, startMillis, after)),
    ...(await weightsLearnt(store, models, seed)),
  ];
};

/** Weeks before, with a stored plan, whose bias is averaged. */
const biasWeeks = 4;

const biasLearnt = async (
  ports: Ports,
  models: Models,
  week: WeekHorizon,
  bias: number | null,
): Promise<Learnt[]> => {
  const found: number[] = [];
  for (let back = 1; back <= biasWeeks; back += 1) {
    const name = weekOf(addDays(week.firstDate, -7 * back));
    const plan = await ports.store.planOfWeek(name);
    if (plan === undefined) continue;
    const { planned } = await loadPlan(ports, plan.id);
    const { zone, intervalMinutes } = models.hotline;
    const past = weekHorizon(name, zone, intervalMinutes);
    const happened = await readActuals(ports.store, planned.models, past, planned.demand, undefined);
    const own = forecastAgainstActual(plan, happened)?.bias;
    if (own !== null && own !== undefined) found.push(own);
  }
  const before = found.length === 0 ? null : meanOf(found);
  if (bias === null && before === null) return [];
  return [
    {
      what: 'forecast-bias',
      name: planningFinding('learnt-forecast-bias'),
      unit: 'share',
      before,
      after: bias,
      low: null,
      high: null,
      evidence: found.length + (bias === null ? 0 : 1),
      used: planningFinding('next-forecast-weighs-anew'),
    },
  ];
};

const nextPlan = planningFinding('taken-by-next-plan');

const behaviourLearnt = async (
  store: Store,
  models: Models,
  before: number,
  after: number,
): Promise<Learnt[]> => {
  const found: Learnt[] = [];
  for (const { queue, name } of models.hotline.queues) {
    const at = (until: number): Promise<TrafficColumns> =>
      store.traffic(queue, { fromMillis: until - behaviourWeeks * weekMillis, toMillis: until });
    const [then, now] = [await at(before), await at(after)];
    const entry = (
      what: Learnt['what'],
      name: Sayable,
      figure: (columns: TrafficColumns) => number | undefined,
    ): Learnt => ({
      what,
      name,
      unit: 'seconds',
      before: finite(figure(then)),
      after: finite(figure(now)),
      low: null,
      high: null,
      evidence: Math.round(sumOf(now.answered)),
      used: nextPlan,
    });
    found.push(
      entry('patience', planningFinding('learnt-patience', { queue: name }), estimatePatience),
      entry('handle-time', planningFinding('learnt-handle-time', { queue: name }), meanHandleTime),
    );
  }
  return found.filter(({ before: then, after: now }) => then !== null || now !== null);
};

const finite = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

const sumOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);

const meanHandleTime = ({ answered, handleSecondsTotal }: TrafficColumns): number | undefined => {
  let [calls, seconds] = [0, 0];
  answered.forEach((count, i) => {
    const handled = valueAt(handleSecondsTotal, i);
    if (!(count > 0) || Number.isNaN(handled)) return;
    calls += count;
    seconds += handled;
  });
  return calls > 0 ? seconds / calls : undefined;
};

const takeUpLearnt = async (
  store: Store,
  models: Models,
  before: number,
  after: number,
): Promise<Learnt[]> => {
  const { learnt } = await learnFromStore(store, models, after);
  if (learnt.length === 0) return [];
  const then = await learnFromStore(store, models, before);
  return learnt.map((takeUp) => {
    const entry = then.catalogue.prompts.find(({ prompt }) => prompt === takeUp.prompt);
    return {
      what: 'take-up' as const,
      name: planningFinding('learnt-take-up', { prompt: takeUp.name }),
      unit: 'share' as const,
      before: entry === undefined ? takeUp.before : takeUpOf(entry),
      after: takeUp.mean,
      low: takeUp.low,
      high: takeUp.high,
      evidence: takeUp.intervals,
      used: nextPlan,
    };
  });
};

const occupancyLearnt = async (
  store: Store,
  models: Models,
  before: number,
  after: number,
): Promise<Learnt[]> => {
  const now = (await qualityEvidence(store, models, after)).occupancy['quality-score'];
  if (now.rows === 0) return [];
  const then = (await qualityEvidence(store, models, before)).occupancy['quality-score'];
  const known = Number.isFinite(now.standardError);
  return [
    {
      what: 'occupancy-effect',
      name: planningFinding('learnt-occupancy-effect'),
      unit: 'points',
      before: then.usedSlope,
      after: now.usedSlope,
      low: known ? now.slope - 1.96 * now.standardError : null,
      high: known ? now.slope + 1.96 * now.standardError : null,
      evidence: now.rows,
      used: now.found ? nextPlan : planningFinding('no-effect-found-yet'),
    },
  ];
};

/** Rows below which published scores are too few to fit weights to. */
const leastScored = 20;

/** The scorecard's weights, as configured and as the published scores of the latest period tell them. */
const weightsLearnt = async (store: Store, models: Models, seed: number): Promise<Learnt[]> => {
  const { indicators } = models.scorecard;
  const least = Math.max(leastScored, indicators.length);
  const scored = scoredRows(await store.monitoring.results(), models.scorecard, least);
  if (scored === undefined) return [];
  const fitted = fitScorecard(scored.rows, { seed, draws: 200 });
  return indicators.map(({ name, weight }, i) => ({
    what: 'scorecard' as const,
    name: planningFinding('learnt-scorecard-weight', { indicator: name }),
    unit: 'share' as const,
    before: weight,
    after: fitted.weights[i] ?? null,
    low: fitted.intervals[i]?.low ?? null,
    high: fitted.intervals[i]?.high ?? null,
    evidence: fitted.rows,
    used: planningFinding(
      models.scorecard.weightsAssumed ? 'write-fitted-weights' : 'fitted-weights-are-a-check',
    ),
  }));
};
