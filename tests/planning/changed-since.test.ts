import { expect, test } from 'vitest';
import type { AuditEntry } from '../../src/contract/documents/audit-document.ts';
import { changedSince } from '../../src/planning/changed-since.ts';

const entry = (action: AuditEntry['action'], subject: string): AuditEntry => ({
  number: 1,
  at: '2026-11-23T00:00:00.000Z',
  actor: { kind: 'local', id: '', name: '' },
  action,
  subject,
  before: null,
  after: null,
});

test('records that no plan is made from leave it as it is; traffic and settings do not', () => {
  const beside = ['topics', 'leave', 'requests', 'roster'].map((kind) => entry('records-written', kind));
  expect(changedSince(beside, '2026-W48')).toEqual([]);
  const all = [...beside, entry('records-written', 'traffic'), entry('models-changed', 'shifts')];
  expect(changedSince(all, '2026-W48')).toEqual(['shifts', 'records']);
});
