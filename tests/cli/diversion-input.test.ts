import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PromptsModel } from '../../src/contract/models/prompts-model.ts';
import type { ScenarioModel } from '../../src/contract/models/scenario-model.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { packOperation } from '../../src/planning/operation/planned-operation.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'line');
let shipped: PromptsModel;
const promptsFile = (): string => join(workspace, 'models/prompts.json');

/** A workspace with a plan of a line that is open, and called, from nine to five. */
beforeAll(async () => {
  expect((await runCommand(['init', '--workspace', workspace])).code).toBe(0);
  shipped = JSON.parse(await readFile(promptsFile(), 'utf8')) as PromptsModel;
  const { planned, week } = await plannedOperationOf(8);
  const openingHours = week.dates.map(() => ({ from: '09:00', to: '17:00' }));
  const hotline = { ...planned.models.hotline, openingHours };
  for (const { freshMean } of planned.demand.queues) {
    for (const [i, start] of week.starts.entries()) {
      const hour = Number(start.slice(11, 13));
      if (hour < 9 || hour >= 17) freshMean[i] = 0;
    }
  }
  const plan = {
    document: 'plan',
    id: 'by-day',
    week: week.week,
    createdAt: '2026-11-20T00:00:00Z',
    hotline: { zone: hotline.zone },
    intervalMinutes: hotline.intervalMinutes,
    targets: { connectionRate: 0.9, serviceLevel: 0.8 },
  } as unknown as PlanDocument;
  const opened = await openWorkspace(workspace);
  await opened.store.savePlan(plan, packOperation({ ...planned, models: { ...planned.models, hotline } }));
  await opened.close();
});
beforeEach(() => writeFile(promptsFile(), JSON.stringify(shipped)));

interface Refused {
  readonly error: string;
  readonly problems: readonly {
    readonly rule: string;
    readonly path?: string;
    readonly file?: string;
    readonly value?: string;
    readonly message: Readonly<Record<string, string>>;
    readonly remedy: Readonly<Record<string, string>>;
  }[];
}

const refused = async (args: readonly string[]): Promise<Refused> => {
  const { code, out } = await runCommand([...args, '--workspace', workspace, '--json']);
  expect(code).toBe(3);
  const answer = JSON.parse(out) as Refused;
  expect(answer.error).toBe('bad-input');
  for (const { message, remedy } of answer.problems) {
    expect(message['zh-CN']).not.toBe('');
    expect(remedy['en']).not.toBe('');
  }
  return answer;
};

const withPrompts = async (edit: (prompts: PromptsModel) => void): Promise<Refused> => {
  const edited = structuredClone(shipped);
  edit(edited);
  await writeFile(promptsFile(), JSON.stringify(edited));
  return refused(['divert']);
};

const responseOf = (prompts: PromptsModel) => {
  const [first] = prompts.prompts;
  if (first === undefined) throw new Error('the shipped catalogue holds no prompt');
  return first.response;
};

describe('a prompt catalogue is refused with exit code 3, naming file, path and value', () => {
  test.each([1.2, -0.1, 8])('for a share of %d', async (share) => {
    const { problems } = await withPrompts((prompts) => {
      responseOf(prompts).onlineShare = share;
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      file: promptsFile(),
      path: 'prompts.0.response.onlineShare',
      value: String(share),
    });
  });

  test('for shares that sum to more than one', async () => {
    const { problems } = await withPrompts((prompts) => {
      Object.assign(responseOf(prompts), { onlineShare: 0.7, offPeakShare: 0.6 });
    });
    expect(problems.map((p) => [p.rule, p.path])).toEqual([['shares-above-one', 'prompts.0.response']]);
    expect(Number(problems[0]?.value)).toBeCloseTo(1.3, 9);
  });

  test.each([
    [
      'that takes nothing',
      (p: PromptsModel) => {
        for (const c of p.channels) c.capacityPerInterval = 0;
      },
    ],
    ['that is not listed', (p: PromptsModel) => void p.channels.splice(0)],
  ])('for a channel %s', async (_, edit) => {
    const { problems } = await withPrompts(edit);
    expect(problems.map((p) => p.rule)).toContain('channel-without-capacity');
    expect(problems.find((p) => p.rule === 'channel-without-capacity')?.value).toBe('mini-programme');
  });

  test.each<[string, Partial<PromptsModel['rules']>, readonly string[]]>([
    [
      'a minimum on-time above the maximum',
      { minimumOnMinutes: 300 },
      ['minimum on-time of 300', 'maximum of 240'],
    ],
    [
      'quiet hours that leave too little of the day',
      { quietHours: { from: '09:00', to: '08:30' } },
      ['quiet hours 09:00–08:30', 'minimum on-time of 60'],
    ],
    ['no caller who may be diverted', { largestDivertedShare: 0 }, ['largest diverted share is 0']],
  ])('for rules that clash: %s', async (_, rules, named) => {
    const { problems } = await withPrompts((prompts) => {
      Object.assign(prompts.rules, rules);
    });
    expect(problems.map((p) => p.rule)).toEqual(['clashing-rules']);
    for (const words of named) expect(problems[0]?.message['en']).toContain(words);
  });

  test('for words that ask for a key press or advertise', async () => {
    const { problems } = await withPrompts((prompts) => {
      const [first] = prompts.prompts;
      if (first !== undefined)
        first.announcement = { 'zh-CN': '转小程序请按 1。', en: 'Use the app and win a prize.' };
    });
    expect(problems.map((p) => p.rule)).toEqual(
      expect.arrayContaining(['no-key-press', 'nothing-advertised']),
    );
  });

  test('with every problem at once', async () => {
    const { problems } = await withPrompts((prompts) => {
      Object.assign(responseOf(prompts), { onlineShare: 0.7, offPeakShare: 0.6 });
      prompts.rules.largestDivertedShare = 0;
    });
    expect(problems.map((p) => p.rule)).toEqual(['shares-above-one', 'clashing-rules']);
  });
});

describe('prompts drawn by hand are refused with exit code 3', () => {
  const simulate = async (placements: ScenarioModel['placements']): Promise<Refused> => {
    const file = join(folder, 'scenario.json');
    await writeFile(file, JSON.stringify({ scenario: 'drawn', placements }));
    return refused(['simulate', '--scenario', file, '--replications', '2']);
  };

  test('outside opening hours', async () => {
    const { problems } = await simulate([
      { prompt: 'mini-programme', queue: 'general', date: '2026-11-24', from: '17:00', to: '19:00' },
    ]);
    expect(problems.map((p) => [p.rule, p.path, p.value])).toEqual([
      ['outside-opening-hours', 'mini-programme.general', '2026-11-24T17:00'],
    ]);
  });

  test('to a queue that is never diverted, too short, and at a time that is no interval', async () => {
    const { problems } = await simulate([
      { prompt: 'mini-programme', queue: 'move-car', date: '2026-11-24', from: '09:00', to: '09:30' },
      { prompt: 'mini-programme', queue: 'general', date: '2026-11-24', from: '09:10', to: '11:00' },
    ]);
    expect(problems.map((p) => p.rule).toSorted()).toEqual([
      'minimum-on-time',
      'never-divert-queue',
      'span-outside-week',
    ]);
  });
});

describe('wrong options of divert', () => {
  test.each([
    [['--recover', '1.5', '--levers'], 2],
    [['--budget', '-1', '--levers'], 2],
    [['--budget', '100'], 2],
    [['--levers', '--as-of', '2026-11-24T10:00'], 2],
    [['--roster', 'mine'], 2],
    [['--roster', 'seen'], 3],
    [['--as-of', '2026-12-24T10:00'], 3],
  ])('%j end with %d', async (args, expected) => {
    const { code, err } = await runCommand(['divert', ...args, '--workspace', workspace, '--lang', 'en']);
    expect(code).toBe(expected);
    expect(err.trim()).not.toBe('');
    expect(err).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
