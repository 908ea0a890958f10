/**
 * What it takes to read a large `queue_log`, in processor seconds, and a mark of what came of it: calls of ten days in five
 * queues, four lines each, of some thousands of callers and a hundred operators.
 *
 *   node bench/feeds-log.ts [--events 1000000]
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drawer, openFeeds, settingsOf } from '../tests/support/open-feeds.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } });
const calls = Math.floor(Number(values.events) / 4);
const feeds = await openFeeds();
try {
  const path = join(feeds.folder, 'queue_log');
  const draw = drawer(7);
  const from = Date.parse('2026-11-13T00:00:00Z') / 1000;
  const lines: { readonly at: number; readonly text: string }[] = [];
  for (let i = 0; i < calls; i += 1) {
    const at = from + Math.floor((i * 10 * 86_400) / calls);
    const [id, queue] = [`${at}.${i}`, `queue-${draw(5)}`];
    const [wait, talk, operator] = [draw(90), draw(600), `PJSIP/${7000 + draw(100)}`];
    const line = (after: number, text: string): void => {
      lines.push({ at: at + after, text: `${at + after}|${id}|${queue}|${text}\n` });
    };
    line(0, `NONE|ENTERQUEUE||138${10_000_000 + draw(90_000)}|1`);
    line(Math.max(0, wait - 4), `${operator}|RINGNOANSWER|3000`);
    line(wait, `${operator}|CONNECT|${wait}|${id}x|2`);
    line(wait + talk, `${operator}|COMPLETECALLER|${wait}|${talk}|1`);
  }
  lines.sort((a, b) => a.at - b.at);
  const file = createWriteStream(path);
  for (let i = 0; i < lines.length; i += 10_000)
    file.write(
      lines
        .slice(i, i + 10_000)
        .map(({ text }) => text)
        .join(''),
    );
  file.end();
  await once(file, 'finish');
  lines.length = 0;
  const reader = feeds.another({ pieceBytes: 4 * 2 ** 20, piecesPerStep: 32 });
  await reader.put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  const before = process.cpuUsage();
  const { read, stored } = await reader.run('pbx');
  const { user, system } = process.cpuUsage(before);
  const rows = [
    ...(await feeds.stored()),
    ...(await feeds.store.feeds.calls('pbx')).map((each) => JSON.stringify(each)),
    JSON.stringify(await feeds.store.read('presence')),
  ];
  console.log(
    JSON.stringify({
      read,
      stored,
      processorSeconds: Number(((user + system) / 1e6).toFixed(2)),
      rows: rows.length,
      mark: createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 16),
    }),
  );
} finally {
  await feeds.close();
}
