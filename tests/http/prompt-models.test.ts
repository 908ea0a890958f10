import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import type { PromptsModel } from '../../src/contract/models/prompts-model.ts';
import { createApp } from '../../src/http/create-app.ts';
import { openModelFiles } from '../../src/http/model-files.ts';
import { asOwner } from './as-owner.ts';
import { standInServices } from './stand-ins.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
let shipped: PromptsModel;
beforeAll(async () => {
  await cp(join(import.meta.dirname, '../../models'), folder, { recursive: true });
  shipped = JSON.parse(await readFile(join(folder, 'prompts.json'), 'utf8')) as PromptsModel;
});

const put = (edit: (prompts: PromptsModel) => void) => {
  const edited = structuredClone(shipped);
  edit(edited);
  return asOwner(createApp(standInServices({}, { modelFiles: openModelFiles(folder) })))
    .put(`${apiRoot}/models/prompts`)
    .send(edited);
};
const response = (prompts: PromptsModel) => prompts.prompts[0]?.response ?? {};

describe('a prompt catalogue over HTTP', () => {
  test.each<[string, string | undefined, (prompts: PromptsModel) => void]>([
    ['a share above one', undefined, (p) => void Object.assign(response(p), { onlineShare: 1.2 })],
    [
      'shares that sum above one',
      'shares-above-one',
      (p) => void Object.assign(response(p), { onlineShare: 0.7, offPeakShare: 0.6 }),
    ],
    [
      'a channel without capacity',
      'channel-without-capacity',
      (p) => {
        for (const channel of p.channels) channel.capacityPerInterval = 0;
      },
    ],
    ['rules that clash', 'clashing-rules', (p) => void Object.assign(p.rules, { minimumOnMinutes: 300 })],
  ])('is refused with 400 and left as it was: %s', async (_, rule, edit) => {
    const answer = await put(edit).expect(400);
    const { problems } = problemDetailsSchema.parse(JSON.parse(answer.text));
    expect(problems.length).toBeGreaterThan(0);
    if (rule !== undefined) expect(problems.map((problem) => problem.rule)).toContain(rule);
    expect(JSON.parse(await readFile(join(folder, 'prompts.json'), 'utf8'))).toEqual(shipped);
  });

  test('is taken when it is right', async () => {
    await put((p) => void Object.assign(p.rules, { minimumOnMinutes: 90 })).expect(200);
    const kept = JSON.parse(await readFile(join(folder, 'prompts.json'), 'utf8')) as PromptsModel;
    expect(kept.rules.minimumOnMinutes).toBe(90);
  });
});
