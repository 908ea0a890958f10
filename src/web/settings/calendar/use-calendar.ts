import { useState } from 'react';
import type { PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { modelVersion } from '../../../contract/http/model-version.ts';
import type { ProblemDetails } from '../../../contract/http/problem-details.ts';
import { callApi } from '../../api/call-api.ts';
import { problemOf, useLoad } from '../../api/use-load.ts';
import { nameIn } from '../../../words/name-in.ts';
import { useSpeech } from '../../words/words.tsx';
import type { DaySpan } from './month-days.ts';
import { daysBack, daysWith, type DayChoice, type OwnDay } from './own-days.ts';

/** What was done last, and how it is taken back. */
interface Done {
  readonly how: 'saved' | 'removed' | 'undone';
  readonly name: string;
  readonly undo?: () => Promise<boolean>;
}

const readDays = async (): Promise<OwnDay[]> =>
  ((await callApi('model', { params: { model: 'calendar' } })) as { days: OwnDay[] }).days;

/** Writes days in the place of those that were read. */
const writeDays = async (read: readonly OwnDay[], days: readonly OwnDay[]): Promise<unknown> =>
  callApi('putModel', {
    params: { model: 'calendar' },
    body: { days },
    version: await modelVersion('calendar', { days: read }),
  });

/** The days around a month, and changing events and days; each change answers whether it was stored. */
export const useCalendar = (from: string, days: number) => {
  const [loaded, reload] = useLoad(`calendar ${from} ${days}`, (signal) =>
    callApi('calendar', { query: { from, days }, signal }),
  );
  const { language } = useSpeech();
  const [done, setDone] = useState<Done>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const attempt = async (work: () => Promise<unknown>, then: Done): Promise<boolean> => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setDone(undefined);
      setProblem(problemOf(error));
      return false;
    }
    setDone(then);
    reload();
    return true;
  };
  const changeEvent = (before: PlannedEvent | null, after: PlannedEvent | null): Promise<boolean> => {
    const name = nameIn((after ?? before)?.label ?? '', language);
    const put = (one: PlannedEvent | null, other: PlannedEvent | null) => () =>
      callApi('changeEvent', { body: { before: one, after: other } });
    return attempt(put(before, after), {
      how: after === null ? 'removed' : 'saved',
      name,
      undo: () => attempt(put(after, before), { how: 'undone', name }),
    });
  };
  const changeDays = async (
    span: DaySpan,
    choice: DayChoice,
    said: string,
    name: string,
  ): Promise<boolean> => {
    let stood: OwnDay[] = [];
    const write = async (): Promise<void> => {
      stood = await readDays();
      await writeDays(stood, daysWith(stood, span, choice, said));
    };
    const back = async (): Promise<void> => {
      const now = await readDays();
      await writeDays(now, daysBack(now, stood, span));
    };
    return attempt(write, { how: 'saved', name, undo: () => attempt(back, { how: 'undone', name }) });
  };
  return { loaded, reload, done, problem, changeEvent, changeDays };
};
