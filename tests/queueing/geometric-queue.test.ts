import { expect, test } from 'vitest';
import { newQueueSums, walkQueue, walkThreshold } from '../../src/queueing/erlang-kernel.ts';
import { limitedPatientQueue, limitedPatientThreshold } from '../../src/queueing/erlang.ts';

const ratios = [0.3, 0.9, 0.99, 0.9999, 1 - 1e-7, 1, 1 + 1e-9, 1.001, 1.1, 3];
const places = [1, 2, 30, 1000, 40_000];
const thresholds = [0.001, 0.1, 1, 5];

test.each([1, 7, 100, 3000])('the closed form is what a walk through the states finds, %i operators', (n) => {
  const share = { virtualOver: 0, answeredWithin: 0 };
  const wanted = { ...share };
  for (const ratio of ratios)
    for (const most of places)
      for (const threshold of thresholds) {
        const [walked, closed] = [newQueueSums(), newQueueSums()];
        walkQueue(n * ratio, n, 0, most, walked);
        walkThreshold(n, 0, most, threshold, walked, wanted);
        limitedPatientQueue(n * ratio, n, most, closed);
        limitedPatientThreshold(n * ratio, n, most, threshold, closed, share);
        for (const part of ['full', 'length', 'moved', 'answeredWait', 'scale'] as const) {
          const [one, other] = [walked[part] / walked.all, closed[part] / closed.all];
          expect(Math.abs(one - other), `${part} ${ratio} ${most}`).toBeLessThan(1e-11 + 1e-11 * one);
        }
        for (const part of ['virtualOver', 'answeredWithin'] as const) {
          const [one, other] = [wanted[part] / walked.all, share[part] / closed.all];
          expect(Math.abs(one - other), `${part} ${ratio} ${most} ${threshold}`).toBeLessThan(1e-11);
        }
      }
});
