import { expect, it } from 'vitest';
import { nameIn } from '../../src/words/figures.ts';

it('is the half of a name in the reader’s language, where it has both', () => {
  expect(nameIn('示例热线 002 · Sample 002', 'zh-CN')).toBe('示例热线 002');
  expect(nameIn('示例热线 002 · Sample 002', 'en')).toBe('Sample 002');
  expect(nameIn('一区 · Région 1', 'en')).toBe('Région 1');
});

it('is the whole name where it is not in two languages', () => {
  for (const name of ['北京 · 朝阳', 'North · 2', '上海', '一 · 2 · Three', 'Süd · 南', '线 · خط', ''])
    for (const language of ['zh-CN', 'en'] as const) expect(nameIn(name, language)).toBe(name);
});
