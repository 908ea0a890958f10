import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLargeChange, shareOfChange } from '../../src/contract/documents/overrule-schema.ts';
import { calendarSchema, type PlannedEvent } from '../../src/contract/models/calendar-model.ts';
import { addDays, datesFrom, dayNumber, monthLater } from '../../src/kernel/time.ts';
import { refuseLargeChange } from '../../src/planning/refuse-large-change.ts';
import { firstSpan } from '../../src/web/settings/calendar/calendar-panel.tsx';
import {
  beginningOn,
  draftOf,
  eventOf,
  isEventEdited,
  kindsOf,
  newEvent,
  wrongIn,
} from '../../src/web/settings/calendar/event-form.tsx';
import {
  barsOfWeek,
  dateAfterKey,
  dayChoices,
  daysBack,
  daysWith,
  spanOf,
  weeksOfMonth,
} from '../../src/web/settings/calendar/month-view.tsx';
import { fractionOf, percentOf } from '../../src/web/settings/use-models.ts';

const date = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-01', days));
const event: fc.Arbitrary<PlannedEvent> = fc
  .record(
    {
      date,
      length: fc.nat(20),
      kind: fc.constantFrom('heating', '停水', 'school-enrolment'),
      label: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
      expectedEffect: fc.double({ min: -1, max: 10, noNaN: true }),
      decayDays: fc.double({ min: 0, max: 300, noNaN: true }),
      queue: fc.constantFrom('general', '综合'),
    },
    { requiredKeys: ['date', 'kind', 'label'] },
  )
  .map(({ length, ...rest }) => (length === undefined ? rest : { ...rest, end: addDays(rest.date, length) }));

describe('an event in its form', () => {
  test('begins in the week that is planned, its last day follows the first, and there is a kind for others', () => {
    expect(firstSpan('2026-11', '2026-W48')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
    expect(firstSpan('2026-08', '2026-W48').from).toBe('2026-08-01');
    expect(firstSpan('2026-08', undefined).from).toBe('2026-08-01');
    const days = newEvent({ from: '2026-11-23', to: '2026-11-23' });
    expect(beginningOn(days, '2026-11-26')).toEqual({ from: '2026-11-26', to: '2026-11-26' });
    expect(beginningOn({ ...days, to: '2026-11-25' }, '2026-11-24').to).toBe('2026-11-25');
    expect(beginningOn({ ...days, to: '2026-11-25' }, '2026-11-30').to).toBe('2026-11-30');
    expect(kindsOf([])).toContain('other');
  });

  test('percent are said as they are meant: +20 is a factor of 1.2', () => {
    expect([fractionOf(20), fractionOf(-7.5), percentOf(0.2), percentOf(0.07)]).toEqual([0.2, -0.075, 20, 7]);
    const draft = {
      ...newEvent({ from: '2026-11-24', to: '2026-11-26' }),
      kind: 'school-enrolment',
      percent: 20,
    };
    expect(eventOf(draft, 'School enrolment')).toEqual({
      date: '2026-11-24',
      end: '2026-11-26',
      kind: 'school-enrolment',
      label: 'School enrolment',
      expectedEffect: 0.2,
    });
  });

  test('any event that is stored goes in and comes out equal, and counts as not edited', () => {
    fc.assert(
      fc.property(event, (stored) => {
        expect(eventOf(draftOf(stored), 'unused')).toEqual(stored);
        expect(isEventEdited(draftOf(stored))).toBe(false);
        expect(wrongIn(draftOf(stored))).toEqual({});
      }),
    );
  });

  test('what cannot be kept is said at its field', () => {
    const draft = newEvent({ from: '2026-11-24', to: '2026-11-23' });
    expect(wrongIn(draft)).toEqual({ to: 'calendar.endsEarly', kind: 'calendar.noKind' });
    expect(wrongIn({ ...draft, from: '', kind: 'x' })).toEqual({ from: 'calendar.noDate' });
    expect([isEventEdited(draft), isEventEdited({ ...draft, percent: 1 })]).toEqual([false, true]);
  });

  test('how many more calls is enough: it is some other event', () => {
    const draft = { ...newEvent({ from: '2026-11-25', to: '2026-11-25' }), percent: 20 };
    expect(wrongIn(draft)).toEqual({});
    expect(eventOf(draft, 'Other')).toEqual({
      ...{ date: '2026-11-25', kind: 'other' },
      ...{ label: 'Other', expectedEffect: 0.2 },
    });
  });

  test('a name is enough: what is of no kind is of its own', () => {
    const draft = { ...newEvent({ from: '2026-11-25', to: '2026-11-25' }), label: ' Fees due ', percent: 20 };
    expect(wrongIn(draft)).toEqual({});
    expect(eventOf(draft, '')).toEqual({
      date: '2026-11-25',
      kind: 'Fees due',
      label: 'Fees due',
      expectedEffect: 0.2,
    });
  });
});

describe('a month', () => {
  test('has every day once, in whole weeks from Monday', () => {
    expect(weeksOfMonth('2026-02').flat()).toEqual(datesFrom('2026-01-26', 35));
    expect(weeksOfMonth('2027-02')).toEqual(
      [0, 7, 14, 21].map((days) => datesFrom(addDays('2027-02-01', days), 7)),
    );
    expect([monthLater('2026-11', 2), monthLater('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });

  test('bars cover the days of their events and no other, and never lie on one another', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), fc.nat(11), (events, months) => {
        for (const week of weeksOfMonth(monthLater('2026-01', months))) {
          const bars = barsOfWeek(events, week);
          const taken = bars.flatMap(({ lane, from, to }) =>
            Array.from({ length: to - from + 1 }, (_, i) => `${lane} ${from + i}`),
          );
          expect(new Set(taken).size).toBe(taken.length);
          for (const each of events) {
            const own = bars.filter((bar) => bar.event === each);
            const days = own.flatMap(({ from, to }) => week.slice(from, to + 1));
            expect(days).toEqual(week.filter((day) => day >= each.date && day <= (each.end ?? each.date)));
          }
          for (const bar of bars) {
            expect(bar.begun).toBe(bar.event.date < (week[0] ?? ''));
            expect(bar.goesOn).toBe((bar.event.end ?? bar.event.date) > (week[6] ?? ''));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test('days are chosen either way round, and walked by arrows', () => {
    expect(spanOf('2026-11-26', '2026-11-24')).toEqual({ from: '2026-11-24', to: '2026-11-26' });
    expect(
      ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'a'].map((key) =>
        dateAfterKey('2026-11-25', key),
      ),
    ).toEqual([
      '2026-11-24',
      '2026-11-26',
      '2026-11-18',
      '2026-12-02',
      '2026-11-23',
      '2026-11-29',
      undefined,
    ]);
  });
});

test("the hotline's own days are said for a span, taken back, and fit the schema; all others stay", () => {
  const span = fc
    .record({ from: date, length: fc.nat(9) })
    .map(({ from, length }) => ({ from, to: addDays(from, length) }));
  fc.assert(
    fc.property(span, span, fc.constantFrom(...dayChoices), (first, second, choice) => {
      const before = daysWith([], first, 'holiday', 'Fair');
      const after = daysWith(before, second, choice, ' ');
      expect(calendarSchema.parse({ days: after }).days).toEqual(after);
      const said = after.filter((day) => day.date >= second.from && day.date <= second.to);
      const length = dayNumber(second.to) - dayNumber(second.from) + 1;
      expect(said).toHaveLength(choice === 'usual' ? 0 : length);
      expect(said.every(({ half }) => half === (choice === 'half' ? true : undefined))).toBe(true);
      expect(after.map((day) => day.date)).toEqual(after.map((day) => day.date).toSorted());
      expect(daysBack(after, before, second)).toEqual(before);
    }),
  );
});

test('an effect beyond its limits is refused as it was typed, one at a limit is kept', () => {
  const draft = { ...newEvent({ from: '2026-11-23', to: '2026-11-23' }), kind: 'heating' };
  for (const percent of [5000, 1000.5, -100.5])
    expect(wrongIn({ ...draft, percent })).toEqual({ percent: 'calendar.shareRange' });
  for (const percent of [null, 1000, -100, 0]) expect(wrongIn({ ...draft, percent })).toEqual({});
});

test('a day that is to have more than half more or fewer calls is asked back, by share or by calls, whatever they are', async () => {
  const share = fc.integer({ min: -100, max: 1900 }).filter((percent) => Math.abs(percent) !== 50);
  const noPlan = { plan: () => Promise.reject(new Error('a share asks for no plan')) };
  await fc.assert(
    fc.asyncProperty(share, fc.integer({ min: 100, max: 90_000 }), async (percent, forecast) => {
      const whole = { queue: null, date: '2026-11-23', from: null };
      const byShare = { ...whole, factor: 1 + percent / 100, calls: null };
      const byCalls = { ...whole, factor: null, calls: forecast * (1 + percent / 100) };
      const isLarge = Math.abs(percent) > 50;
      for (const change of [byShare, byCalls])
        expect(isLargeChange(shareOfChange(change, forecast))).toBe(isLarge);
      await refuseLargeChange(noPlan, byShare, true);
      const refused = await refuseLargeChange(noPlan, byShare, false).then(
        () => false,
        () => true,
      );
      expect(refused).toBe(isLarge);
    }),
  );
});
