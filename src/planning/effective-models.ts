import type { HotlineModel } from '../contract/models/hotline-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import { BadInputError, problemAt } from '../kernel/errors.ts';
import { oneOrMany } from '../kernel/one-or-many.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Models } from './ports.ts';
import { tellUnlisted } from './week/unlisted-queues.ts';

/**
 * The models as they fit the data at hand. A queue that has traffic but no entry in models/hotline.json gets the
 * defaults of the first queue and is answered by the first tier; a queue without traffic is left out of the plan
 * unless operators hand calls on to it, and so is a tier that then has nothing to answer. Every such step is a
 * notice.
 */
export const effectiveModels = (
  models: Models,
  queuesWithTraffic: readonly string[],
): { readonly models: Models; readonly notices: readonly Text[] } => {
  if (queuesWithTraffic.length === 0) throw new BadInputError([noTraffic]);
  const known = new Set(models.hotline.queues.map((queue) => queue.queue));
  const reached = receivers(models.hotline, new Set(queuesWithTraffic));
  const present = new Set([...queuesWithTraffic, ...reached]);
  const added = queuesWithTraffic.filter((queue) => !known.has(queue));
  const dropped = models.hotline.queues
    .filter((queue) => !present.has(queue.queue))
    .map((queue) => queue.queue);
  const notices: Text[] = [];
  if (added.length > 0) notices.push(tellUnlisted(added, models));
  if (dropped.length > 0) notices.push(droppedNotice(dropped));
  if (reached.length > 0) notices.push(receivedOnlyNotice(reached));
  const named = new Set([...known, ...queuesWithTraffic]);
  const strange = models.prompts.prompts
    .flatMap(({ queues }) => queues ?? [])
    .filter((queue) => !named.has(queue));
  if (strange.length > 0) notices.push(strangePromptsNotice([...new Set(strange)], [...named]));
  const hotline = withQueues(models.hotline, present, added);
  return { models: { ...models, hotline, tiers: withRoutes(models.tiers, present, added) }, notices };
};

/** Queues without traffic of their own that calls are handed on to, by one queue or by several after another. */
const receivers = ({ queues }: HotlineModel, rung: ReadonlySet<string>): string[] => {
  const reached = new Set(rung);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { queue, transfers } of queues) {
      if (!reached.has(queue)) continue;
      for (const { toQueue, share } of transfers ?? []) if (share > 0) reached.add(toQueue);
    }
  }
  return queues.flatMap(({ queue }) => (reached.has(queue) && !rung.has(queue) ? [queue] : []));
};

const named = (queues: readonly string[]): string =>
  `${oneOrMany(queues.length, 'Queue', 'Queues')} ${queues.join(', ')}`;

const receivedOnlyNotice = (queues: readonly string[]): Text =>
  text(
    `队列 ${queues.join('、')} 没有外线来电数据，只按其他队列转来的电话计算`,
    `${named(queues)} ${oneOrMany(queues.length, 'has no calls of its own: it is planned for what other queues hand on to it', 'have no calls of their own: they are planned for what other queues hand on to them')}`,
  );

export const noTraffic = problemAt(
  'traffic',
  'no-traffic',
  '',
  text('工作区里还没有话务数据', 'The workspace holds no traffic yet'),
  text(
    '请先导入历史话务（huawu ingest traffic 文件，或在「数据」页拖入文件）',
    'Bring in past traffic first (huawu ingest traffic FILE, or drop a file on the Data page)',
  ),
);

const droppedNotice = (queues: readonly string[]): Text =>
  text(
    `队列 ${queues.join('、')} 没有话务数据，未列入计划`,
    `${named(queues)} ${oneOrMany(queues.length, 'has no traffic and is', 'have no traffic and are')} left out of the plan`,
  );

/** A queue renamed in one file only, or a slip of the pen: its prompts never play. */
const strangePromptsNotice = (queues: readonly string[], known: readonly string[]): Text =>
  text(
    `models/prompts.json 中有提示只对队列 ${queues.join('、')} 播放，而热线没有这样的队列，也没有它的话务：这些提示对它不会播放。现有队列：${known.join('、')}`,
    `models/prompts.json has prompts for ${oneOrMany(queues.length, 'the queue', 'the queues')} ${queues.join(', ')}, which the hotline does not have, nor traffic of: they never play there. Queues that there are: ${known.join(', ')}`,
  );

const withQueues = (
  hotline: HotlineModel,
  present: ReadonlySet<string>,
  added: readonly string[],
): HotlineModel => {
  const pattern = hotline.queues[0];
  if (pattern === undefined) return hotline;
  const extra = added.map((queue) => ({
    ...pattern,
    queue,
    name: text(queue, queue),
    neverDivert: false,
    smartVoiceShare: 0,
    transfers: [],
  }));
  return { ...hotline, queues: [...hotline.queues.filter((queue) => present.has(queue.queue)), ...extra] };
};

const withRoutes = (
  tiers: TiersModel,
  present: ReadonlySet<string>,
  added: readonly string[],
): TiersModel => {
  const first = tiers.tiers[0]?.tier;
  const extra = added.map((queue) => ({ queue, preference: 1, overflowDelaySeconds: 0 }));
  const kept = tiers.tiers
    .map((tier) => ({
      ...tier,
      queues: [
        ...tier.queues.filter((route) => present.has(route.queue)),
        ...(tier.tier === first ? extra : []),
      ],
    }))
    .filter((tier) => tier.queues.length > 0);
  return { ...tiers, tiers: kept };
};
