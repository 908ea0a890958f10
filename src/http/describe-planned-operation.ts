import type { PlannedOperationDocument } from '../contract/http/planned-operation-document.ts';
import type { NamesSeen } from '../contract/http/model-name.ts';
import type { HoursInUse } from '../contract/models/model-fields.ts';
import { lineHistory } from '../planning/history/line-history.ts';
import { loadPlan } from '../planning/operation/stored-plan.ts';
import { openIntervals } from '../planning/operation/week-horizon.ts';
import type { Ports, Store } from '../planning/ports.ts';

const rounded = (values: Float64Array): number[] =>
  Array.from(values, (value) => Number(value.toPrecision(9)));
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A stored plan's demand, roster and rules as plain numbers, for the page to project with. */
export const describePlannedOperation = async (
  ports: Pick<Ports, 'store'>,
  id: string,
): Promise<PlannedOperationDocument> => {
  const { plan, planned, week } = await loadPlan(ports, id === 'latest' ? undefined : id);
  const { policy } = planned;
  const { hotline, tiers, prompts } = planned.models;
  return {
    plan: plan.id,
    horizon: { ...planned.demand.horizon },
    open: [...openIntervals(planned.models, week, planned.demand)],
    queues: planned.demand.queues.map((queue) => {
      const model = hotline.queues.find((each) => each.queue === queue.queue);
      const rules = policy.queues.find((each) => each.queue === queue.queue);
      if (model === undefined || rules === undefined)
        throw new Error(
          `plan ${plan.id} holds calls of queue ${queue.queue}, which its own models do not know`,
        );
      return {
        queue: queue.queue,
        name: model.name,
        priority: rules.priority,
        neverDivert: model.neverDivert,
        smartVoiceShare: rules.smartVoiceShare,
        ...(model.transfers === undefined ? {} : { transfers: model.transfers }),
        routes: rules.routes.map((route) => ({ ...route })),
        freshMean: rounded(queue.freshMean),
        handleTimeSeconds: rounded(queue.handleTimeSeconds),
        patienceSeconds: finite(queue.patienceSeconds),
        repeats: { ...queue.repeats },
      };
    }),
    tiers: planned.capacity.tiers.map((tier) => ({
      tier: tier.tier,
      name: tiers.tiers.find((each) => each.tier === tier.tier)?.name ?? {
        'zh-CN': tier.tier,
        en: tier.tier,
      },
      operators: rounded(tier.operators),
    })),
    trunks: finite(planned.capacity.trunks),
    answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
    shortAbandonSeconds: hotline.shortAbandonSeconds,
    catalogue: prompts,
  };
};

/** When the hotline is open, as stated and as the data show it. */
export const describeHours = async (ports: Pick<Ports, 'store' | 'models'>): Promise<HoursInUse> =>
  (await lineHistory(ports)).hours;

const sorted = (names: Iterable<string | undefined>): string[] =>
  [...new Set(names)].filter((name) => name !== undefined).sort();

/** Names that the records use, each once. */
export const describeNames = async (store: Store): Promise<NamesSeen> => {
  const [presence, operators, played, channels, results, hotlines, spans] = await Promise.all([
    store.read('presence'),
    store.read('operators'),
    store.read('prompts'),
    store.read('channels'),
    store.monitoring.results(),
    store.read('hotlines'),
    store.monitoring.testCallSpans(),
  ]);
  return {
    tiers: sorted([...presence.map(({ tier }) => tier), ...operators.map(({ tier }) => tier)]),
    skills: sorted(operators.flatMap(({ skills }) => skills)),
    prompts: sorted(played.map(({ prompt }) => prompt)),
    channels: sorted(channels.map(({ channel }) => channel)),
    indicators: sorted(results.flatMap(({ indicators }) => Object.keys(indicators))),
    hotlines: sorted([...hotlines, ...spans, ...results].map(({ hotline }) => hotline)),
  };
};
