import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  movedDuties,
  movesTo,
  swapDays,
  type StandingRoster,
} from '../../src/rostering/change/standing-roster.ts';
import { smallPerson, smallProblem, smallShifts } from '../support/small-roster.ts';

const taken = (places: readonly (readonly [person: number, day: number])[]): string[] =>
  swapDays(places.map(([person, day]) => ({ person, day })))
    .map(({ person, day, from }) => `p${person} takes day ${day} of p${from}`)
    .sort();

test('two people exchange one day, or both of two days', () => {
  expect(
    taken([
      [0, 3],
      [1, 3],
    ]),
  ).toEqual(['p0 takes day 3 of p1', 'p1 takes day 3 of p0']);
  expect(
    taken([
      [0, 3],
      [1, 4],
    ]),
  ).toEqual(['p0 takes day 3 of p1', 'p0 takes day 4 of p1', 'p1 takes day 3 of p0', 'p1 takes day 4 of p0']);
});

test('three people hand a day round; on two days, who gave and took none has what is left over', () => {
  expect(
    taken([
      [0, 3],
      [1, 3],
      [2, 3],
    ]),
  ).toEqual(['p0 takes day 3 of p1', 'p1 takes day 3 of p2', 'p2 takes day 3 of p0']);
  expect(
    taken([
      [0, 3],
      [1, 3],
      [2, 4],
    ]),
  ).toEqual([
    'p0 takes day 3 of p1',
    'p1 takes day 3 of p2',
    'p1 takes day 4 of p2',
    'p2 takes day 3 of p0',
    'p2 takes day 4 of p1',
  ]);
});

test('whoever exchanges whatever days, no duty is lost and none is worked twice', () => {
  const exchange = fc
    .uniqueArray(fc.nat(9), { minLength: 2, maxLength: 6 })
    .chain((people) =>
      fc.tuple(...people.map((person) => fc.record({ person: fc.constant(person), day: fc.nat(3) }))),
    );
  fc.assert(
    fc.property(exchange, (places) => {
      const moves = swapDays(places);
      for (const day of [0, 1, 2, 3]) {
        const own = moves.filter((move) => move.day === day);
        const takers = own.map(({ person }) => person);
        expect(new Set(takers).size).toBe(takers.length);
        expect(new Set(own.map(({ from }) => from))).toEqual(new Set(takers));
      }
      places.forEach(({ person }, at) => {
        const next = places[(at + 1) % places.length];
        expect(moves).toContainEqual({ person, day: next?.day, from: next?.person });
      });
    }),
  );
});

test('whoever exchanges a day has the very times of the duty taken, of one shift with several starts too', () => {
  const duty = fc.record({ shift: fc.nat(1), start: fc.constantFrom('08:00', '08:30', '10:00') });
  fc.assert(
    fc.property(fc.array(duty, { minLength: 2, maxLength: 5 }), (own) => {
      const people = own.map((_, at) => `p${at}`);
      const duties = own.map(({ shift, start }, at) => ({
        ...{ operator: `p${at}`, date: '2026-11-16', shift: smallShifts[shift]?.shift ?? '', start },
        ...{ end: '17:00', tier: '0', pinned: false },
      }));
      const problem = smallProblem(
        [],
        people.map((person) => smallPerson(person)),
        1,
      );
      const standing: StandingRoster = { problem, dates: ['2026-11-16'], duties };
      const wanted = swapDays(people.map((_, person) => ({ person, day: 0 }))).map(
        ({ person, day, from }) => ({
          ...{ person, day },
          shift: own[from]?.shift ?? 0,
          start: own[from]?.start,
        }),
      );
      const times = (all: StandingRoster['duties']) =>
        all.map(({ operator, shift, start }) => [operator, shift, start]);
      expect(times(movedDuties(standing, movesTo(standing, wanted)))).toEqual(
        times(duties.map((_, at) => ({ ...duties[(at + 1) % own.length]!, operator: `p${at}` }))),
      );
    }),
  );
});
