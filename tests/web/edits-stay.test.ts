import { createElement, useState } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { ApiError, callApi } from '../../src/web/api/call-api.ts';
import {
  type DraftControl,
  mergeReread,
  type RosterParts,
  useDraft,
} from '../../src/web/roster/roster-draft.ts';
import { smallPerson, smallProblem } from '../support/small-roster.ts';

const people = [smallPerson('p0', {}), smallPerson('p1', {})];
const days = 7;
/** As it comes from the server: a new object each time. */
const read = (more: object = {}): RosterDocument =>
  ({
    id: 'r1',
    revision: 1,
    publishedAt: null,
    people: people.map(({ person }) => ({ operator: person })),
    days: Array.from({ length: days }, (_, day) => ({ date: `2026-11-${day + 16}` })),
    duties: [],
    ...more,
  }) as unknown as RosterDocument;
const partsOf = (document: RosterDocument): RosterParts => ({
  document,
  changes: [],
  operations: new Map(),
  basis: {
    problem: {
      ...smallProblem([], people, days, []),
      people: people.map((person) => ({ team: null, shifts: null, ...person })),
    },
  } as unknown as RosterParts['basis'],
});

/** What is edited by the end of steps, each on the parts it has. */
const editedAfter = (
  ...steps: readonly (readonly [RosterParts, (control: DraftControl) => void])[]
): string => {
  const Page = () => {
    const [at, next] = useState(0);
    const [parts, does] = steps[at] ?? steps[0] ?? [];
    const control = useDraft(parts as RosterParts);
    if (at < steps.length - 1) {
      does?.(control);
      next(at + 1);
    }
    return control
      .asMoves()
      .map(({ operator, date, shift, pinned }) => `${operator} ${date} ${shift}${pinned ? ' pinned' : ''}`)
      .toSorted()
      .join();
  };
  return renderToStaticMarkup(createElement(Page));
};

const look = (): void => undefined;
const put =
  (person: number, day: number) =>
  (control: DraftControl): void =>
    control.put({ person, day }, 1);

test('what is edited stays where the very same roster is read anew, and goes where it became another', () => {
  const first = read();
  const again = (more?: object) => partsOf(mergeReread(first, read(more)));
  const kept = 'p0 2026-11-16 E';
  expect(editedAfter([partsOf(first), put(0, 0)], [partsOf(first), look])).toBe(kept);
  expect(editedAfter([partsOf(first), put(0, 0)], [again(), look])).toBe(kept);
  expect(editedAfter([partsOf(first), put(0, 0)], [again({ replanned: [] }), look])).toBe(kept);
  for (const more of [{ revision: 2 }, { publishedAt: '2026-11-01' }])
    expect(editedAfter([partsOf(first), put(0, 0)], [again(more), look])).toBe('');
  // Discarded.
  expect(editedAfter([partsOf(first), put(0, 0)], [partsOf(read()), look])).toBe('');
});

test('what is edited after a day was pinned stays as well, once what the roster rests on is known', () => {
  const first = read();
  const known = partsOf(first);
  const steps = [
    [known, put(0, 0)],
    [known, (control: DraftControl) => control.pin({ person: 0, day: 0 })],
    [known, put(1, 3)],
  ] as const;
  const edited = 'p0 2026-11-16 E pinned,p1 2026-11-19 E';
  expect(editedAfter(...steps, [known, look])).toBe(edited);
  expect(editedAfter(...steps, [partsOf(first), look])).toBe(edited);
  expect(editedAfter(...steps, [partsOf(mergeReread(first, read())), look])).toBe(edited);
});

afterEach(() => vi.unstubAllGlobals());

test('an answer that breaks off on its way is not taken for a defect of the page, which would go with its edits', async () => {
  vi.stubGlobal('window', { location: { search: '' } });
  const answering = (error: Error) => (): Promise<Response> =>
    Promise.resolve(new Response(new ReadableStream({ start: (body) => body.error(error) })));
  vi.stubGlobal('fetch', answering(new TypeError('network error')));
  await expect(callApi('rosters')).rejects.toBeInstanceOf(ApiError);
  const left = new DOMException('left', 'AbortError');
  vi.stubGlobal('fetch', answering(left));
  await expect(callApi('rosters')).rejects.toBe(left);
});
