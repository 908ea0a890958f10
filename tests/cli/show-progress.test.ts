import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stepNames } from '../../src/words/terminal/step-names.ts';

const planning = join(import.meta.dirname, '../../src/planning');

/** Names of the steps that use cases report, as their sources write them. */
const reported = readdirSync(planning, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [
    ...readFileSync(join(planning, file), 'utf8').matchAll(/(?:step\(ports|progress)\([^';]*?'([a-z-]+)'/g),
  ])
  .map(([, name = '']) => name);

test('every step that a use case reports has words in both languages', () => {
  expect(new Set(reported).size).toBeGreaterThan(8);
  expect(reported.filter((name) => stepNames[name] === undefined)).toEqual([]);
  for (const name of Object.values(stepNames)) expect(name['zh-CN']).toMatch(/\p{Script=Han}/u);
});
