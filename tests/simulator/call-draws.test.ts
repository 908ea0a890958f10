import { expect, it } from 'vitest';
import { arrivalStream, promptStream } from '../../src/queueing/simulator/call-draws.ts';
import type { LineSpec } from '../../src/queueing/simulator/line-spec.ts';

it('no two things that chance decides share a stream: times, first calls, repeats, prompts', () => {
  for (const classes of [1, 2, 5]) {
    const spec = { classes: Array.from({ length: classes }) } as unknown as LineSpec;
    const streams = [0, 1, 2, 7].flatMap((replication) => [
      promptStream(spec, replication),
      ...Array.from({ length: classes }, (_, c) => arrivalStream(spec, replication, c)).flatMap((own) => [
        own,
        own + 1,
        own + 2,
      ]),
    ]);
    expect(streams.every((stream) => Number.isInteger(stream) && stream >= 0)).toBe(true);
    expect(new Set(streams).size).toBe(4 * (3 * classes + 1));
  }
});
