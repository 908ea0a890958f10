import { expect, test } from 'vitest';
import type { AuditEntry } from '../../src/contract/documents/audit-document.ts';
import { modelNameSchema } from '../../src/contract/http/model-name.ts';
import { recordKindNames } from '../../src/kernel/records.ts';
import { languages } from '../../src/kernel/text.ts';
import { sideText, subjectText } from '../../src/render/audit-table.ts';

const entry = (action: AuditEntry['action'], subject: string) => ({ action, subject }) as AuditEntry;

test('kinds of records and settings go by their names in words, in both languages', () => {
  for (const language of languages) {
    const told = [
      ...recordKindNames.map((kind) => subjectText(entry('records-written', kind), language)),
      ...modelNameSchema.options.map((name) => subjectText(entry('models-changed', name), language)),
    ];
    for (const words of told)
      expect(words).toMatch(language === 'en' ? /^[A-Za-z -]+$/ : /^\p{Script=Han}+$/u);
  }
  expect(subjectText(entry('records-written', 'test-calls'), 'zh-CN')).toBe('拨测明细');
  expect(subjectText(entry('models-changed', 'labourRules'), 'en')).toBe('Labour rules');
  expect(subjectText(entry('plan-made', '2026-W48-1'), 'en')).toBe('2026-W48-1');
  // A roster by the day that it begins on: its id says nothing to people.
  expect(subjectText(entry('roster-published', 'roster-2026-11-30-0f3a91bc'), 'en')).toBe(
    'Roster from Mon 30 Nov',
  );
  expect(subjectText(entry('roster-changed', 'roster-2026-11-30-0f3a91bc-2'), 'zh-CN')).toBe(
    '11/30周一起的排班表',
  );
});

test('what stands before and after is in words: states, roles, yes and no, grouped figures', () => {
  expect(sideText({ state: 'published' }, 'zh-CN')).toBe('状态 已发布');
  expect(sideText({ role: 'planner', closed: false, password: 'changed' }, 'zh-CN')).toBe(
    '角色 排班规划员，停用 否，密码 已更换',
  );
  expect(sideText({ added: 139_776, changed: 0, end: null }, 'en')).toBe('added 139,776, changed 0');
});

test('an event goes by its name, a setting by the field that changed, from what to what', () => {
  const event = { name: '高考', date: '2026-06-07', effect: 0.2 };
  const changed = {
    ...entry('event-changed', '2026-06-07'),
    before: event,
    after: { ...event, effect: 0.3 },
  };
  expect(subjectText(changed, 'en')).toBe('高考 2026-06-07');
  expect([sideText(changed.before, 'en'), sideText(changed.after, 'en')]).toEqual([
    'name 高考, date 2026-06-07, effect 0.20',
    'name 高考, date 2026-06-07, effect 0.30',
  ]);
  expect(sideText({ version: 'abc', '/confidence': 0.8 }, 'en')).toMatch(/^(?!.*abc)\D+ 0\.80$/);
  expect(sideText({ version: 'abc', '/confidence': 0.8 }, 'zh-CN')).toMatch(/^\p{Script=Han}.* 0\.80$/u);
});

test('an entry of a setting goes by its name there', () => {
  const shifts = { shifts: [{ shift: 'late', name: { 'zh-CN': '晚班', en: 'Late' } }] };
  expect(sideText({ '/shifts/late/latest': 3 }, 'zh-CN')).toContain('late');
  expect(sideText({ '/shifts/late/latest': 3 }, 'zh-CN', shifts)).toMatch(/› 晚班 › /);
});
