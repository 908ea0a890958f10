import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { problemAt, type Problem } from '../kernel/errors.ts';
import { roundTrip } from '../kernel/one-way.ts';
import { text } from '../kernel/text.ts';

/**
 * What is wrong with the ways on which operators hand calls on: to a queue that does not exist, to the queue
 * itself or back to it by way of others, or more calls than are answered.
 */
export const checkTransfers = ({ queues }: HotlineModel): readonly Problem[] => {
  const names = queues.map(({ queue }) => queue);
  const problems: Problem[] = [];
  queues.forEach(({ transfers }, q) => {
    const own = transfers ?? [];
    own.forEach(({ toQueue }, j) => {
      if (!names.includes(toQueue))
        problems.push(unknownTarget(`queues.${q}.transfers.${j}.toQueue`, toQueue, names));
    });
    const share = own.reduce((sum, way) => sum + way.share, 0);
    if (share > 1 + 1e-9) problems.push(sharesAboveOne(`queues.${q}.transfers`, share));
  });
  const ways = queues.flatMap(({ queue, transfers }) =>
    (transfers ?? []).map(({ toQueue }) => ({ from: queue, to: toQueue })),
  );
  const circle = roundTrip(ways);
  if (circle !== undefined)
    problems.push(inCircle(`queues.${names.indexOf(circle[0] ?? '')}.transfers`, circle));
  return problems;
};

const unknownTarget = (path: string, value: string, names: readonly string[]): Problem =>
  problemAt(
    path,
    'unknown-name',
    value,
    text('转接到的队列不存在', 'calls are handed on to a queue that does not exist'),
    text(`可用的队列：${names.join('、')}。`, `Queues that exist: ${names.join(', ')}.`),
  );

const sharesAboveOne = (path: string, share: number): Problem =>
  problemAt(
    path,
    'transfer-shares-above-one',
    Number(share.toFixed(6)),
    text('各转接比例之和超过 1', 'the transfer shares sum to more than 1'),
    text('请调低比例，合计不超过 1。', 'Lower the shares: together at most 1.'),
  );

const inCircle = (path: string, circle: readonly string[]): Problem =>
  problemAt(
    path,
    'transfer-circle',
    circle.join(' → '),
    circle.length === 2
      ? text('队列不能转接给自己', 'a queue cannot hand calls on to itself')
      : text('转接绕成了圈', 'calls are handed on in a circle'),
    text('转接只能朝一个方向，请去掉其中一条。', 'Calls go on in one direction only: take one way out.'),
  );
