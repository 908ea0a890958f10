import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { takeUpOf } from '../../diversion/learn-catalogue.ts';
import { estimatePatience } from '../../forecast/behaviour/behaviour.ts';
import { text, type Text } from '../../kernel/text.ts';
import { fitScorecard } from '../../monitoring/fit-scorecard.ts';
import { scoredRows } from '../../monitoring/scored-rows.ts';
import { forecastAgainstActual } from './forecast-against-actual.ts';
import { loadPlan } from '../week/plan-world.ts';
import type { Models, Ports, Store, TrafficColumns } from '../ports.ts';
import { learnFromStore } from '../diversion/seen-prompts.ts';
import { qualityEvidence } from '../league/tier-figures.ts';
import { weekHorizon, type WeekHorizon } from '../week/week-horizon.ts';
import { whatHappened } from './what-happened.ts';
import { addDays, weekOf } from '../../kernel/time.ts';

export type Learnt = NonNullable<CompareDocument['learnt']>[number];

const behaviourWeeks = 26;
const weekMillis = 7 * 86_400_000;

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
    const { world } = await loadPlan(ports, plan.id);
    const { zone, intervalMinutes } = models.hotline;
    const past = weekHorizon(name, zone, intervalMinutes);
    const happened = await whatHappened(ports.store, world.models, past, world.demand, undefined);
    const own = forecastAgainstActual(plan, happened)?.bias;
    if (own !== null && own !== undefined) found.push(own);
  }
  const before = found.length === 0 ? null : found.reduce((sum, one) => sum + one, 0) / found.length;
  if (bias === null && before === null) return [];
  return [
    {
      what: 'forecast-bias',
      name: text('预测偏差（前为此前有计划的各周）', 'Forecast bias (before: earlier weeks with a plan)'),
      unit: 'share',
      before,
      after: bias,
      low: null,
      high: null,
      evidence: found.length + (bias === null ? 0 : 1),
      used: text(
        '下次预测按最近的误差重新选权，并修正持续的偏差',
        'the next forecast weighs its methods anew and corrects a lasting error',
      ),
    },
  ];
};

const nextPlan: Text = text('下一份计划采用', 'taken by the next plan');

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
      of: Text,
      figure: (columns: TrafficColumns) => number | undefined,
    ): Learnt => ({
      what,
      name: text(`${name['zh-CN']}：${of['zh-CN']}`, `${name.en}: ${of.en}`),
      unit: 'seconds',
      before: finite(figure(then)),
      after: finite(figure(now)),
      low: null,
      high: null,
      evidence: Math.round(sumOf(now.answered)),
      used: nextPlan,
    });
    found.push(
      entry('patience', text('耐心时长', 'patience'), estimatePatience),
      entry('handle-time', text('处理时长', 'handle time'), meanHandleTime),
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
    const handled = handleSecondsTotal[i] ?? Number.NaN;
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
  return learnt.map((own) => {
    const entry = then.catalogue.prompts.find(({ prompt }) => prompt === own.prompt);
    return {
      what: 'take-up' as const,
      name: text(`${own.name['zh-CN']}：采纳率`, `${own.name.en}: take-up`),
      unit: 'share' as const,
      before: entry === undefined ? own.before : takeUpOf(entry),
      after: own.mean,
      low: own.low,
      high: own.high,
      evidence: own.intervals,
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
      name: text(
        '占用率对礼仪与沟通得分的影响（占用率 +1）',
        'Effect of occupancy on etiquette and communication (occupancy +1)',
      ),
      unit: 'points',
      before: then.usedSlope,
      after: now.usedSlope,
      low: known ? now.slope - 1.96 * now.standardError : null,
      high: known ? now.slope + 1.96 * now.standardError : null,
      evidence: now.rows,
      used: nextPlan,
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
    name: text(`评分表权重：${name['zh-CN']}`, `Scorecard weight: ${name.en}`),
    unit: 'share' as const,
    before: weight,
    after: fitted.weights[i] ?? null,
    low: fitted.intervals[i]?.low ?? null,
    high: fitted.intervals[i]?.high ?? null,
    evidence: fitted.rows,
    used: models.scorecard.weightsAssumed
      ? text(
          '评分表的权重是假设：请按拟合值改写 models/scorecards',
          'the scorecard’s weights are assumed: write the fitted ones into models/scorecards',
        )
      : text(
          '评分表的权重已公布，拟合值仅供核对',
          'the scorecard’s weights are published; the fit is a check',
        ),
  }));
};
