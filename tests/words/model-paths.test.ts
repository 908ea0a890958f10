import { expect, test } from 'vitest';
import { modelPathText } from '../../src/words/model-paths.ts';

const shifts = { templates: [{ template: 'early', name: { 'zh-CN': '早班', en: 'Early' }, hours: 8 }] };

test('a place in a model calls an entry by its name, in either language; what has none by its key', () => {
  const path = ['templates', 'early', 'latestStart'];
  expect(modelPathText(path, 'zh-CN', [shifts])).toMatch(/ › 早班 › /);
  expect(modelPathText(path, 'en', [shifts])).toMatch(/ › Early › /);
  expect(modelPathText(['templates', 'gone', 'latestStart'], 'en', [shifts])).toMatch(/ › gone › /);
});
