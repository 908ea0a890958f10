import { kernelProblem } from '../kernel/kernel-problems.ts';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { type Problem } from '../kernel/errors.ts';
import { planningProblem } from '../planning/planning-problems.ts';
import { storeProblem } from './store-problems.ts';
import { roundTrip } from '../kernel/one-way.ts';

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
  planningProblem(path, 'unknown-name', value, { known: names });

const sharesAboveOne = (path: string, share: number): Problem =>
  storeProblem(path, 'transfer-shares-above-one', Number(share.toFixed(6)));

const inCircle = (path: string, circle: readonly string[]): Problem =>
  kernelProblem(path, 'transfer-circle', circle.join(' → '), { toItself: circle.length === 2 });
