import { auditCsv, auditText, type ChangedRosters } from '../../src/render/log-text.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AuditAction,
  type AuditEntry,
  type AuditSide,
  diaryKinds,
} from '../../src/contract/documents/audit-document.ts';
import { feedKinds } from '../../src/contract/documents/feed-documents.ts';
import { modelNameSchema } from '../../src/contract/http/model-name.ts';
import { recordKindNames } from '../../src/kernel/records.ts';
import { languages } from '../../src/kernel/text.ts';
import { sideText, subjectText } from '../../src/render/audit-table.ts';
import { messages } from '../../src/words/messages.ts';

const keysOf = (section: 'event-kind' | 'plan-state' | 'audit-day-kind' | 'day-step'): string[] =>
  Object.keys(messages(section));

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
  expect(sideText({ state: 'published' }, { language: 'zh-CN' })).toBe('状态 已发布');
  expect(sideText({ role: 'planner', closed: false, password: 'changed' }, { language: 'zh-CN' })).toBe(
    '角色 排班规划员，停用 否，密码 已更换',
  );
  expect(sideText({ added: 139_776, changed: 0, end: null }, { language: 'en' })).toBe(
    'added 139,776, changed 0',
  );
});

test('a change of the forecast stands as it was typed, not as a factor', () => {
  expect(sideText({ factor: 1.2 }, { language: 'zh-CN' })).toBe('增减 +20%');
  expect(sideText({ factor: 0.85 }, { language: 'en' })).toBe('change −15%');
});

test('an event goes by its name, a setting by the field that changed, from what to what', () => {
  const event = { name: '高考', date: '2026-06-07', effect: 0.2 };
  const changed = {
    ...entry('event-changed', '2026-06-07'),
    before: event,
    after: { ...event, effect: 0.3 },
  };
  expect(subjectText(changed, 'en')).toBe('高考 2026-06-07');
  expect([sideText(changed.before, { language: 'en' }), sideText(changed.after, { language: 'en' })]).toEqual(
    ['name 高考, date 2026-06-07, effect +20%', 'name 高考, date 2026-06-07, effect +30%'],
  );
  expect(sideText({ version: 'abc', '/confidence': 0.8 }, { language: 'en' })).toMatch(
    /^(?!.*abc)\D+ 0\.80$/,
  );
  expect(sideText({ version: 'abc', '/confidence': 0.8 }, { language: 'zh-CN' })).toMatch(
    /^\p{Script=Han}.* 0\.80$/u,
  );
});

test('an entry of a setting goes by its name there', () => {
  expect(sideText({ '/templates/late/latest': 3 }, { language: 'zh-CN' })).toContain('late');
  expect(sideText({ '/templates/late/latest': 3 }, { language: 'zh-CN', models })).toMatch(/› 晚班 › /);
});

test('a value that an entry of a setting happens to hold is told as it is, not by the name of the entry', () => {
  const held = {
    templates: [{ template: 'late', name: { en: 'Late shift' }, latestStart: '18:30', most: 7 }],
  };
  for (const latest of ['18:30', 7])
    expect(sideText({ '/templates/late/latestStart': latest }, { language: 'en', models: held })).toMatch(
      new RegExp(`Late shift › .* ${latest}$`),
    );
  const day = { holidays: [{ date: '2026-12-25', name: { en: 'Christmas' } }] };
  expect(sideText({ '/cycle/from': '2026-12-25' }, { language: 'en', models: day })).toMatch(/2026-12-25$/);
});

const models = {
  shifts: { templates: [{ template: 'late', name: { 'zh-CN': '晚班', en: 'Late shift' } }] },
  hotline: { queues: [{ queue: 'citizens', name: { 'zh-CN': '市民', en: 'Citizens' } }] },
};

/** What people or programs write themselves is in other letters here: a key that is left shows. */
const date = fc.constant('2026-06-07');
const own = fc.constantFrom('甲', '乙');
const some = fc.nat(5000);
const queue = fc.constantFrom('citizens', null);
const event = fc.record({
  name: own,
  date,
  end: fc.option(date),
  kind: fc.constantFrom(...keysOf('event-kind')),
  queue,
  effect: fc.option(fc.double({ min: -1, max: 3, noNaN: true })),
});
const overrule = fc.record({
  queue,
  date,
  from: fc.constant('09:00'),
  to: fc.constant('12:00'),
  factor: fc.constant(1.2),
  calls: fc.option(some),
});
const account = fc.record(
  {
    role: fc.constantFrom('viewer', 'planner', 'administrator'),
    closed: fc.boolean(),
    password: fc.constantFrom(true, false, 'changed'),
    openid: fc.constant(true),
    sessions: some,
  },
  { requiredKeys: [] },
);
/** What every action leaves in the log, as those who write it do: subject, and one of its sides. */
const kinds: Readonly<
  Record<AuditAction, readonly [fc.Arbitrary<string>, fc.Arbitrary<NonNullable<AuditSide>>]>
> = {
  'plan-made': [date, fc.record({ week: fc.constant('2026-23') })],
  'plan-named': [date, fc.record({ name: own })],
  'plan-state': [date, fc.record({ state: fc.constantFrom(...keysOf('plan-state')) })],
  'plan-noted': [date, fc.record({ notes: some })],
  'plan-removed': [date, fc.record({ week: fc.constant('2026-23') })],
  'overrule-added': [fc.constant('7'), overrule],
  'overrule-removed': [fc.constant('7'), overrule],
  'roster-made': [fc.constant('roster-2026-11-30-0f3a91bc'), fc.record({ from: date, to: date })],
  'roster-changed': [fc.constant('roster-2026-11-30-0f3a91bc'), fc.record({ revision: some, days: some })],
  'roster-published': [fc.constant('roster-2026-11-30-0f3a91bc'), fc.record({ revision: some, days: some })],
  'day-acted': [
    fc.constant('7'),
    fc.record({
      date,
      kind: fc.constantFrom(...keysOf('audit-day-kind')),
      step: fc.constantFrom(...keysOf('day-step')),
    }),
  ],
  'records-written': [fc.constantFrom(...recordKindNames), fc.record({ added: some, changed: some })],
  'traffic-removed': [fc.constantFrom('citizens'), fc.record({ queue, rows: some, from: date, to: date })],
  'made-up-replaced': [fc.constant('traffic'), fc.record({ added: some, changed: some })],
  'feed-changed': [
    fc.constantFrom('alarms', '甲'),
    fc.oneof(
      fc.record({ kind: fc.constantFrom(...feedKinds) }),
      fc.record({ name: own }),
      fc.record({ webhook: own, mail: some, feeds: fc.boolean(), signals: fc.boolean() }),
    ),
  ],
  'event-changed': [date, event],
  'diary-changed': [fc.constant('7'), fc.record({ date, kind: fc.constantFrom(...diaryKinds) })],
  'models-changed': [
    fc.constantFrom(...modelNameSchema.options),
    fc.oneof(
      fc.record({ version: fc.constant('0a1') }),
      fc.record({
        version: fc.constant('0a1'),
        '/templates/late/latestStart': some,
        '/queues/citizens/priority': some,
      }),
      fc.record({ '/queues/citizens/queue': fc.constantFrom('citizens', 'late', '…') }),
    ),
  ],
  'records-mended': [
    fc.constantFrom('traffic events', 'operators', 'test_calls plans'),
    fc.record({ rows: some }),
  ],
  restored: [fc.constant('main'), fc.record({ entry: some, seal: fc.constant('0a1') })],
  moved: [fc.constant(''), fc.record({ store: fc.constantFrom('sqlite', 'postgres') })],
  'log-shortened': [fc.constant(''), fc.record({ entries: some, last: some, seal: fc.constant('0a1') })],
  'people-changed': [
    fc.constantFrom('', '甲'),
    fc.oneof(account, fc.record({ token: fc.constant('0a1'), scope: fc.constantFrom('read', 'write') })),
  ],
  'person-erased': [own, fc.record({ entries: some, digests: fc.constant('0a1') })],
  'maintenance-switched': [fc.constant(''), fc.record({ maintenance: fc.boolean() })],
};

test.each(Object.keys(kinds) as AuditAction[])(
  'an entry of %s shows no key, in either language',
  (action) => {
    const [subject, side] = kinds[action];
    const raw = /[a-z]{2,}[-_/][a-z]{2,}|[a-z][A-Z]|\b(late|citizens|main|sqlite|postgres)\b/;
    fc.assert(
      fc.property(subject, side, side, (of, before, after) => {
        const told = { action, subject: of, before, after } as AuditEntry;
        const texts = (language: 'zh-CN' | 'en') =>
          [
            subjectText(told, language, models),
            ...[before, after].map((each) => sideText(each, { language, action, models })),
          ].join(' | ');
        // Names of makes, and what is written in hexadecimal, are the same in both.
        expect(
          texts('zh-CN').replaceAll(
            /SQLite|PostgreSQL|MySQL|AMI|ESL|Asterisk|FreeSWITCH|Amazon Connect|Genesys Cloud|queue_log|OpenID|0a1|0f3a91bc/g,
            '',
          ),
        ).not.toMatch(/[A-Za-z]{2,}/);
        expect(
          texts('en').replaceAll(
            /queue_log|SQLite|PostgreSQL|MySQL|FreeSWITCH|OpenID|made-up|call-backs/g,
            '',
          ),
        ).not.toMatch(raw);
      }),
      { numRuns: 40 },
    );
  },
);

test('a change of a roster tells who works when instead of what, and why, in the terminal and in CSV', () => {
  const entry = {
    number: 3,
    at: '2026-12-01T08:00:00Z',
    actor: { kind: 'person', id: 'p1', name: 'Li' },
    action: 'roster-changed',
    subject: 'roster-2026-11-30-0f3a91bc',
    before: null,
    after: { revision: 2, days: 1 },
  } as const;
  const names = {
    shifts: [{ shift: 'early', name: { 'zh-CN': '早班', en: 'Early' } }],
    people: [{ operator: 'A01', name: 'Wang Min' }],
  };
  const changes = [
    { moves: [], why: '' },
    { moves: [{ operator: 'A01', date: '2026-12-02', before: 'early', after: 'off' }], why: 'school run' },
  ];
  const rosters = new Map([[entry.subject, { names, changes }]]) as unknown as ChangedRosters;
  const chain = { entries: 3, head: null, first: 1, broken: [] };
  for (const said of [auditText([entry], chain, 'en', [], rosters), auditCsv([entry], 'en', [], rosters)]) {
    for (const part of ['Wang Min', 'Early', 'Reason: school run']) expect(said).toContain(part);
  }
  expect(auditText([entry], chain, 'en', [])).not.toContain('Wang Min');
});
