import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayDocument, DayStep, TakenAction } from '../../src/contract/documents/day-document.ts';
import { calledBack, takenColumns } from '../../src/render/day-tables.ts';
import { boardActions, outlookOf } from '../../src/web/today/wallboard.tsx';
import { aheadIn, dayTarget } from '../../src/web/today/day-parts.tsx';
import { dueSince } from '../../src/web/today/without-plan.tsx';
import { movedOf } from '../../src/web/today/use-steady.ts';
import { wholeCallers } from '../../src/words/day.ts';
import { formatOf } from '../../src/web/words/words.tsx';
import { newest } from '../../src/web/today/use-day.ts';
import {
  type Acted,
  addActed,
  besideOlder,
  isBefore,
  movedSince,
  withActed,
} from '../../src/web/today/acted.ts';

const state = {
  ask: 'asked',
  take: 'taken',
  agree: 'taken',
  decline: 'declined',
  'take-back': 'taken-back',
} as const;

const stepOf = (number: number, step: DayStep['step']): DayStep => ({
  number,
  step,
  at: '2026-11-24T06:00:00Z',
  asOf: '2026-11-24T14:00',
  by: null,
  why: '',
});

const takenOf = (id: number, steps: readonly DayStep[]): TakenAction =>
  ({
    id,
    action: { latest: '2026-11-24T16:00', effect: {} },
    state: state[steps.at(-1)?.step ?? 'take'],
    steps,
    open: ['agree', 'decline', 'take-back'],
    roster: null,
  }) as unknown as TakenAction;

/** A day on which each press either takes a few proposals or is a step of one that is there, one after the other. */
const pressed = fc
  .array(fc.record({ takes: fc.nat(3), of: fc.nat(9), isAnswered: fc.boolean() }), { maxLength: 12 })
  .map((presses) => {
    let log: readonly TakenAction[] = [];
    let revision = 0;
    const dayNow = (): DayDocument =>
      ({
        date: '2026-11-24',
        revision,
        taken: log,
        actions: Array.from({ length: 40 }, (_, i) => ({ id: `${i}` })).slice(log.length),
        actionsAsOf: '2026-11-24T14:00',
        together: { code: 'x' },
        intervals: { queues: [] },
      }) as unknown as DayDocument;
    let answered = dayNow();
    let acted: Acted | undefined;
    for (const { takes, of, isAnswered } of presses) {
      const shown = withActed(answered, acted);
      let own: readonly TakenAction[];
      let proposals: readonly string[] = [];
      const old = log[of];
      if (takes > 0 || old === undefined) {
        own = Array.from({ length: takes + 1 }, (_, k) =>
          takenOf(log.length + k, [stepOf(revision + k + 1, k === 0 ? 'ask' : 'take')]),
        );
        proposals = own.map(({ id }) => `${id}`);
        log = [...log, ...own];
      } else {
        const stepped = takenOf(old.id, [...old.steps, stepOf(revision + 1, 'take-back')]);
        own = [stepped];
        log = log.map((each) => (each.id === old.id ? stepped : each));
      }
      revision += own.length;
      acted = addActed(acted, shown, own, proposals);
      if (isAnswered) answered = dayNow();
    }
    return { answered, now: dayNow(), acted };
  });

test('whatever was pressed since a day was worked out, what was taken stands as the server has it', () => {
  fc.assert(
    fc.property(pressed, ({ answered, now, acted }) => {
      const shown = withActed(answered, acted);
      expect(shown.taken).toEqual(now.taken);
      expect(shown.revision).toBe(now.revision);
      const isOld = answered.revision < now.revision;
      expect(isBefore(answered, acted)).toBe(isOld);
      // What was taken is not proposed, and what is proposed on an older day is not to be taken.
      expect(shown.actionsAsOf === null).toBe(isOld);
      expect(shown.together === null).toBe(isOld);
      const ids = new Set(now.taken.map(({ id }) => `${id}`));
      expect(shown.actions.filter(({ id }) => ids.has(id))).toEqual([]);
    }),
  );
});

test('a day of another date, or a newer one, stands as it is', () => {
  const day = {
    date: '2026-11-24',
    revision: 2,
    actionsAsOf: 'x',
    actions: [],
    taken: [],
    intervals: { queues: [] },
  } as unknown as DayDocument;
  const acted = addActed(undefined, day, [takenOf(3, [stepOf(3, 'ask')])], ['a']);
  expect(acted.last).toEqual({ n: 1, asked: 1 });
  expect(withActed({ ...day, date: '2026-11-25' }, acted)).toEqual({ ...day, date: '2026-11-25' });
  expect(withActed({ ...day, revision: 4 }, acted)).toEqual({ ...day, revision: 4 });
});

test('a target of any 24 hours is told from that of each queue', () => {
  const said = (queues: readonly number[], total: number, rolling: number | null): string =>
    dayTarget(
      {
        restOfDay: {
          queues: queues.map((connectionRate) => ({ targets: { connectionRate } })),
          total: { targets: { connectionRate: total }, rolling: { target: rolling } },
        },
      } as unknown as DayDocument,
      {
        format: formatOf('en'),
        say: ((key: string, values: object) => `${key} ${JSON.stringify(values)}`) as never,
      },
    );
  expect(said([0.9, 0.9], 0.95, 0.95)).toBe('today.ofAny24 {"target":"95%"}');
  expect(said([0.9, 0.85], 0.9, null)).toBe('90%');
  expect(said([0.95, 0.95], 0.95, 0.95)).toBe('95%');
});

test('the state says until when is to be decided, and that a roster has it', () => {
  const asked = takenOf(17, [stepOf(1, 'ask')]);
  const agreed = {
    ...takenOf(17, [stepOf(1, 'ask'), stepOf(2, 'agree')]),
    roster: { roster: 'r', moves: [] },
  };
  const stateIn = (language: 'en' | 'zh-CN', taken: TakenAction, isNumbered?: boolean, began?: string) =>
    takenColumns(language, () => 'said', { isNumbered, began }).map(([, , cell]) => cell(taken));
  expect(stateIn('en', asked).at(-1)).toBe('proposed 14:00; decide by 16:00');
  expect(stateIn('zh-CN', asked).at(-1)).toBe('14:00 征询中，最晚 16:00 决定');
  expect(stateIn('en', agreed).at(-1)).toBe('agreed, in the roster 14:00');
  // Its number is what the terminal calls it by.
  expect(stateIn('en', asked)).not.toContain('17');
  expect(stateIn('en', asked, true)).toContain('17');
  expect(stateIn('en', asked, true).at(-1)).toBe('--agree, --decline, --take-back');
  // What it would do is told as long as it can come in time, and may still come.
  expect(stateIn('en', asked, false, '2026-11-24T16:00').at(-1)).toBe('proposed 14:00; decide by 16:00');
  expect(stateIn('en', asked, false, '2026-11-24T16:30').at(-1)).toBe(
    'proposed 14:00; too late: it had to be decided by 16:00',
  );
  expect(stateIn('zh-CN', asked, false, '2026-11-24T16:30').at(-1)).toBe(
    '14:00 征询中，最晚须在 16:00 决定，已来不及',
  );
  const counted = { ...asked.action, effect: { connectionRate: 0.005 } } as TakenAction['action'];
  const effectOf = (own: TakenAction) => stateIn('en', { ...own, action: counted })[1];
  expect(effectOf(asked)).toBe(0.005);
  expect(effectOf(takenOf(17, [stepOf(1, 'take'), stepOf(2, 'take-back')]))).toBe(null);
});

test('lost calls and callers in print add up, by queue and in all', () => {
  const share = fc.double({ min: 0, max: 400, noNaN: true });
  const queue = fc.tuple(fc.nat(400), share, share).map(([more, willCallAgain, toCall]) => {
    const calls = Math.ceil(willCallAgain + toCall) + more;
    return { calls, calledAgain: calls - willCallAgain - toCall, willCallAgain, toCall };
  });
  const fields = ['calledAgain', 'willCallAgain', 'toCall'] as const;
  fc.assert(
    fc.property(fc.array(queue, { minLength: 1, maxLength: 12 }), (rows) => {
      const { total, queues: shown } = wholeCallers(rows);
      expect(total.calls).toBe(rows.reduce((sum, { calls }) => sum + calls, 0));
      for (const [q, own] of [...shown, total].entries()) {
        expect(own.calledAgain + own.willCallAgain + own.toCall).toBe(own.calls);
        for (const of of fields) {
          if (own !== total) expect(Math.abs(own[of] - (rows[q]?.[of] ?? 0))).toBeLessThanOrEqual(1);
          else expect(total[of]).toBe(shown.reduce((sum, each) => sum + each[of], 0));
        }
      }
    }),
  );
});

test('what stands elsewhere than before, or where another stood, has moved; what is new in an empty place has not', () => {
  const at = (places: readonly (readonly [string, number, number])[]) =>
    new Map(places.map(([does, x, y]) => [does, [x, y] as const]));
  const before = at([
    ['agree P1', 10, 100],
    ['agree P2', 10, 140],
  ]);
  // What stays where it was can be pressed.
  const pushed = at([
    ['agree P1', 10, 100],
    ['agree P2', 10, 180],
  ]);
  expect(movedOf(before, pushed)).toEqual(['agree P2']);
  expect(movedOf(before, before)).toEqual([]);
  expect(movedOf(before, at([['agree P1', 10, 103]]))).toEqual([]);
  expect(movedOf(before, at([['agree P2', 10, 100]]))).toEqual(['agree P2']);
  expect(movedOf(before, at([['take back P1', 10, 100]]))).toEqual(['take back P1']);
  expect(movedOf(before, at([['take back P1', 90, 100]]))).toEqual([]);
  expect(movedOf(at([]), before)).toEqual([]);
});

test('the next hours begin with the interval that is running', () => {
  const starts = Array.from(
    { length: 48 },
    (_, i) => `2026-11-24T${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
  );
  const at = (clock: string) =>
    aheadIn({ asOf: `2026-11-24T${clock}`, intervals: { starts } } as unknown as DayDocument, 2).map((i) =>
      starts[i]?.slice(11),
    );
  expect(at('14:31')).toEqual(['14:30', '15:00', '15:30', '16:00']);
  expect(at('14:30')).toEqual(['14:30', '15:00', '15:30', '16:00']);
  expect(at('23:45')).toEqual(['23:30']);
  expect(at('24:00')).toEqual([]);
});

test('the wall tells what was taken and is under way or near, never what was taken back, and of nobody', () => {
  const clock = (n: number): string => `2026-11-24T${String(n).padStart(2, '0')}:00`;
  const one = fc.record({
    kind: fc.constantFrom('move-break', 'prompt'),
    queue: fc.constantFrom(null, 'general'),
    tier: fc.constant(null),
    who: fc.constantFrom<string[]>([], ['o1']),
    span: fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 3 })),
    state: fc.constantFrom('asked', 'taken', 'declined', 'taken-back'),
    chosen: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one), fc.array(one), fc.integer({ min: 0, max: 22 }), (done, open, now) => {
      const written = [...done, ...open].map(({ span: [from, length], ...own }) => ({
        ...own,
        from: clock(from),
        to: clock(from + length),
      }));
      const taken = written.slice(0, done.length).map(({ state, ...action }, id) => ({ id, state, action }));
      const actions = written.slice(done.length);
      const asOf = clock(now);
      const { underway, next } = boardActions({ asOf, taken, actions } as unknown as DayDocument);
      expect(new Set(underway)).toEqual(
        new Set(
          taken
            .filter(({ state: own }) => own === 'taken')
            .map(({ action }) => action)
            .filter(({ who, from, to }) => who.length === 0 && to > asOf && from <= clock(now + 2)),
        ),
      );
      if (next === undefined) return;
      expect(next.who).toEqual([]);
      const same = taken.filter(
        ({ state: own, action }) =>
          own === 'taken-back' &&
          action.who.length === 0 &&
          action.kind === next.kind &&
          action.queue === next.queue &&
          action.from < next.to &&
          next.from < action.to,
      );
      expect(same).toEqual([]);
    }),
  );
});

test('the wall says that targets will be missed where nothing speaks for them', () => {
  const outlook = (connectionRate: number | null, serviceLevel: number | null) =>
    outlookOf({ chances: { connectionRate, serviceLevel } } as never);
  expect(outlook(0.004, 0.002)).toBe('Both');
  expect(outlook(0.004, null)).toBe('Sure');
  expect(outlook(0.3, 0.002)).toBe('Sure');
  expect(outlook(0.3, 0.9)).toBe('Missed');
  expect(outlook(0.6, 0.9)).toBe('Met');
});

test('what becomes of lost callers stays beside a newer picture, of the moment that it was worked out of', () => {
  const intervals = { starts: ['2026-11-24T14:00', '2026-11-24T14:30'] };
  const dayAt = (asOf: string, lost: number, funnel: object | null): DayDocument =>
    ({
      asOf,
      actionsAsOf: funnel === null ? null : asOf,
      intervals,
      actions: funnel === null ? [] : [{ id: 'x' }],
      together: null,
      callBacks: { lost, queues: [{ queue: 'a', lost, funnel }] },
    }) as unknown as DayDocument;
  const older = dayAt('2026-11-24T14:20', 7, { lost: 12, reached: 3 });
  const both = besideOlder(dayAt('2026-11-24T14:40', 9, null), older);
  expect(both).toMatchObject({
    asOf: '2026-11-24T14:40',
    actionsAsOf: '2026-11-24T14:20',
    callBacks: { lost: 9 },
  });
  expect(both.callBacks?.queues).toEqual([{ queue: 'a', lost: 9, funnel: { lost: 12, reached: 3 } }]);
  expect(calledBack(both, 'en')).toContain('14:00');
  expect(calledBack(dayAt('2026-11-24T14:40', 9, {}), 'en')).toContain('14:30');
  expect(besideOlder({ ...dayAt('2026-11-24T14:40', 9, null), callBacks: null }, older).callBacks).toBeNull();
});

test('figures are as new as the newest answer, within an interval too once what can be done is late or fails', () => {
  const intervals = { starts: ['2026-11-24T14:00', '2026-11-24T14:30'] };
  const at = (clock: string, lastRow: string, actionsAsOf: string | null) => ({
    state: 'ready' as const,
    value: {
      date: '2026-11-24',
      asOf: `2026-11-24T${clock}`,
      lastRow: `2026-11-24T${lastRow}`,
      actionsAsOf,
      intervals,
      actions: [{ id: 'x' }],
      callBacks: null,
      revision: 0,
    } as unknown as DayDocument,
  });
  const whole = at('14:05', '14:00', 'then');
  const shown = (picture: typeof whole, of: Parameters<typeof newest>[1] = whole, asked?: string) => {
    const day = newest(picture, of, asked);
    return day.state === 'ready' ? [day.value.asOf.slice(11), day.value.actionsAsOf] : day.state;
  };
  expect(shown(at('14:06', '14:00', null))).toEqual(['14:05', 'then']);
  expect(shown(at('14:12', '14:00', null))).toEqual(['14:12', 'then']);
  expect(shown(at('14:31', '14:00', null))).toEqual(['14:31', 'then']);
  const failed = { ...whole, problem: { status: 500 } as never };
  expect(shown(at('14:06', '14:00', null), failed)).toEqual(['14:06', 'then']);
  expect(shown(at('14:04', '14:00', null), failed)).toEqual(['14:05', 'then']);
  expect(shown(at('14:12', '14:00', null), whole, '2026-11-24T14:05')).toEqual(['14:05', 'then']);
});

test('what moved a day beside what was done on it is told: the calls of all of it, as they are expected now', () => {
  const dayOf = (asOf: string, running: number) =>
    ({
      date: '2026-11-24',
      asOf,
      revision: 1,
      intervals: {
        queues: [{ planned: [40, 50, 60], offered: [44, 10, null], expected: [null, running, 60] }],
      },
    }) as unknown as DayDocument;
  const acted = addActed(undefined, dayOf('2026-11-24T14:25', 50), [takenOf(1, [stepOf(1, 'take')])], ['a']);
  expect(movedSince(dayOf('2026-11-24T14:28', 50), acted)).toBe(null);
  expect(movedSince(dayOf('2026-11-24T14:28', 80), acted)).toEqual({ asOf: '2026-11-24T14:25', calls: 154 });
  expect(movedSince({ ...dayOf('2026-11-25T14:28', 80), date: '2026-11-25' }, acted)).toBe(null);
});

test('what is due since a moment is what the plan has of it, of an interval its part; nothing of closed hours', () => {
  const day = {
    asOf: '2026-11-24T08:15',
    intervals: {
      starts: ['2026-11-24T07:00', '2026-11-24T07:30', '2026-11-24T08:00', '2026-11-24T08:30'],
      queues: [{ planned: [0, 0, 20, 20] }, { planned: [0, 0, 4, 4] }],
    },
  } as unknown as DayDocument;
  expect(dueSince(day, '2026-11-23T20:05:00')).toBe(12);
  expect(dueSince(day, '2026-11-24T08:10:00')).toBe(4);
  expect(dueSince({ ...day, asOf: '2026-11-24T07:50' }, '2026-11-23T20:05:00')).toBe(0);
});
