import { newQueueSums } from '../src/queueing/erlang-kernel.ts';
import { erlang } from '../src/queueing/erlang.ts';
import { leastOperators } from '../src/queueing/erlang.ts';

/** Evaluations a second of all measures, and the time for 672 intervals' requirement, on one thread. */

const sums = newQueueSums();

const rateOf = (load: number): number => {
  let done = 0;
  let total = 0;
  const started = performance.now();
  while (performance.now() - started < 1000) {
    for (let i = 0; i < 50; i += 1) {
      const measures = erlang(
        {
          loadErlangs: load * (1 + i / 1000),
          operators: Math.ceil(load + 1),
          handleTimeSeconds: 240,
          patienceSeconds: 180,
          trunks: Infinity,
          thresholdSeconds: 15,
        },
        sums,
      );
      if (measures.stable) total += measures.slOffered;
      done += 1;
    }
  }
  return total > 0 ? (done * 1000) / (performance.now() - started) : 0;
};

const requirementSeconds = (peak: number): number => {
  const started = performance.now();
  for (let i = 0; i < 672; i += 1) {
    leastOperators(
      {
        loadErlangs: peak * (0.05 + 0.95 * Math.sin((Math.PI * (i % 96)) / 96)),
        handleTimeSeconds: 240,
        patienceSeconds: 180,
        trunks: Infinity,
        thresholdSeconds: 15,
      },
      0.8,
      sums,
    );
  }
  return (performance.now() - started) / 1000;
};

rateOf(10);
for (const load of [10, 100, 1000, 5000]) {
  console.log(`Erlang A, all measures, ${load} Erlangs: ${Math.round(rateOf(load))} evaluations/s`);
}
for (const peak of [60, 5000]) {
  console.log(`672 intervals' operators, peak ${peak} Erlangs: ${requirementSeconds(peak).toFixed(3)} s`);
}
