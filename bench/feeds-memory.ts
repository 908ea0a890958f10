/**
 * What a feed keeps in memory: an hour of calls through a `queue_log`, played at once by a clock of its own, and what is in
 * use after each part of it once all that is not needed is let go.
 *
 *   node --expose-gc bench/feeds-memory.ts [--calls 50] [--minutes 60] [--parts 6]
 */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFeeds, settingsOf } from '../tests/support/open-feeds.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '60' },
    parts: { type: 'string', default: '6' },
  },
});
const perSecond = Number(values.calls);
const seconds = 60 * Number(values.minutes);
const parts = Number(values.parts);

const began = Date.parse('2026-11-24T08:00:00Z') / 1000;
let now = began;
const feeds = await openFeeds(() => now * 1000);
try {
  const path = join(feeds.folder, 'queue_log');
  await appendFile(path, '');
  const reader = feeds.another({ pieceBytes: 4 * 2 ** 20, piecesPerStep: 32 });
  await reader.put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  const megabytes = (): number => {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 2 ** 20;
  };
  const used = [megabytes()];
  let calls = 0;
  for (let part = 1; part <= parts; part += 1) {
    while (now < began + (seconds * part) / parts) {
      const lines: string[] = [];
      for (const until = now + 20; now < until; now += 1)
        for (let i = 0; i < perSecond; i += 1) {
          const [id, talk] = [`${now}.${(calls += 1)}`, 60 + (calls % 300)];
          lines.push(
            `${now - talk - 9}|${id}|general|NONE|ENTERQUEUE||1000000${calls % 90_000}|1`,
            `${now - talk - 4}|${id}|general|op-${calls % 40}|RINGNOANSWER|3000`,
            `${now - talk}|${id}|general|op-${calls % 40}|CONNECT|9|${id}9|3`,
            `${now}|${id}|general|op-${calls % 40}|COMPLETECALLER|9|${talk}|1`,
          );
        }
      await appendFile(path, `${lines.join('\n')}\n`);
      await reader.run('pbx');
    }
    used.push(megabytes());
  }
  const [, first = Number.NaN] = used;
  const last = used.at(-1) ?? Number.NaN;
  console.log(
    JSON.stringify({
      calls,
      megabytes: used.map((each) => Number(each.toFixed(1))),
      megabytesPer10000Calls: Number(
        ((10_000 * (last - first)) / ((calls * (parts - 1)) / parts)).toFixed(2),
      ),
    }),
  );
} finally {
  await feeds.close();
}
