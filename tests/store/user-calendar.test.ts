import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BadInputError } from '../../src/kernel/errors.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { readModels } from '../../src/store/workspace-models.ts';

const modelsFrom = join(import.meta.dirname, '../../models');

it("reads a user's own calendar where there is one, and names its bad days", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-calendar-'));
  try {
    const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom });
    await workspace.close();
    expect(workspace.models.calendar).toEqual([]);
    const file = join(folder, 'line/models/calendar.json');
    await writeFile(file, JSON.stringify({ days: [{ date: '2027-02-06', kind: 'holiday', name: '春节' }] }));
    expect((await readModels(join(folder, 'line/models'))).calendar).toEqual([
      { date: '2027-02-06', kind: 'holiday', name: '春节' },
    ]);
    await writeFile(file, JSON.stringify({ days: [{ date: '2027-02-30', kind: 'feast' }] }));
    const failure: unknown = await readModels(join(folder, 'line/models')).catch((error: unknown) => error);
    expect((failure as BadInputError).problems.map((problem) => problem.path)).toEqual([
      'days.0.date',
      'days.0.kind',
    ]);
    expect((failure as BadInputError).problems[0]?.file).toBe(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
