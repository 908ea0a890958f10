import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClient, type AnswerOfJob } from '../../src/library/client.ts';
import { promptEffect } from '../../src/library/diversion.ts';
import { temperatureBand } from '../../src/library/monitoring.ts';
import { erlangA, leastOperators } from '../../src/library/queueing.ts';
import { leastOperatorsByInterval, type Line } from '../../src/library/staffing.ts';

test('what the library declares is what its page promises', () => {
  // On purpose? `npm run library:api`, and a word in the changelog: the page says what is breaking.
  const script = join(import.meta.dirname, '../../scripts/api-report.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

/** What the compiler must refuse of those who use the library: `npm run types` fails as soon as it does not. */
const refused = async (line: Line): Promise<void> => {
  const interval = { loadErlangs: 20, operators: 22, handleTimeSeconds: 240, thresholdSeconds: 15 };
  // @ts-expect-error Erlang A asks for patience
  erlangA(interval);
  // @ts-expect-error a rate is a number
  temperatureBand('0.95');
  // @ts-expect-error a target is asked for
  leastOperators({ ...interval, patienceSeconds: 60 });
  // @ts-expect-error percent has no name of its own
  leastOperatorsByInterval(line, { serviceLevelPercent: 80 });
  // @ts-expect-error what is answered is not changed
  leastOperatorsByInterval(line, { serviceLevel: 0.8 }).operators.push(1);
  // @ts-expect-error a prompt says how long it speaks
  promptEffect(line, [1], { from: 0, to: 1 });
  const client = createClient({ url: 'http://127.0.0.1:1', token: '' });
  // @ts-expect-error no such endpoint
  await client.call('noSuchEndpoint');
  // @ts-expect-error a report is a file
  await client.call('report');
  // @ts-expect-error a plan is long work with questions of its own
  await client.run('makePlan', { nothingLikeIt: true });
  // @ts-expect-error and answers a plan, not a forecast
  const forecast: AnswerOfJob['makeForecast'] = await client.run('makePlan', { seed: 1 });
  void forecast;
};

test('what must not compile is refused by the compiler', () => {
  expect(refused).toBeTypeOf('function');
});
