import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inRoot } from '../support/build-page.ts';

test('every colour of a chart is in its legend: none is without one, and no bar has a colour of its own', () => {
  const charts = globSync('src/web/**/*.tsx', { cwd: inRoot() }).filter((file) =>
    readFileSync(inRoot(file), 'utf8').includes('<ChartView'),
  );
  expect(charts.length).toBeGreaterThan(4);
  for (const file of charts) {
    const source = readFileSync(inRoot(file), 'utf8');
    expect(source, file).not.toMatch(/legend: \{ display: false/);
    expect(source, file).not.toMatch(/backgroundColor: \w+\.map/);
  }
});
