import type { KernelFindings } from '../kernel/kernel-findings.ts';
import type { DoubtedFigure } from '../kernel/traffic-doubts.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { filledWith, messages } from './messages.ts';

const { parts, ...said } = messages('kernel');

/** A count as people read it: beyond a quadrillion only its size says something. */
export const sizeOf = (value: number, { whole }: Speech): string =>
  value < 1e15 ? whole(value) : value.toExponential(1);

/** Seconds, and beside them what people count long times in: 187,321 s (52 h). */
const secondsOf = (value: number, speech: Speech): string => {
  const unit = value >= 3600 ? 'hours' : value >= 120 ? 'minutes' : 'none';
  const seconds = value < 10 ? speech.number(value) : sizeOf(value, speech);
  const long = sizeOf(value / (unit === 'hours' ? 3600 : 60), speech);
  return parts.seconds[speech.language]({ seconds, unit, long }, speech);
};

/** A doubted figure and what is usual as they are written: times, or counts. */
const written =
  (write: (value: number, speech: Speech) => string) => (doubted: DoubtedFigure, speech: Speech) => ({
    ...doubted,
    value: write(doubted.value, speech),
    usual: doubted.usual === null ? null : write(doubted.usual, speech),
  });

/** The same where there is always something usual, of which it is so many times. */
const writtenBeside =
  (write: (value: number, speech: Speech) => string) =>
  ({ queue, value, usual, day }: DoubtedFigure, speech: Speech) => ({
    queue,
    value: write(value, speech),
    usual: write(usual ?? 0, speech),
    times: value / (usual ?? 1),
    date: day?.date ?? '',
    alike: Math.max(1, day?.alike ?? 1),
  });

/** What the foundations find, in sentences. */
export const kernelSentences: Sentences<KernelFindings> = {
  ...said,
  'weekly-hours': filledWith(said['weekly-hours'], ({ days }, { weekdays }) => ({
    days: days.map((same) => ({ ...same, weekdays: weekdays(same.weekdays) })),
  })),
  'unusual-handle-time': filledWith(said['unusual-handle-time'], written(secondsOf)),
  'unusual-wait': filledWith(said['unusual-wait'], written(secondsOf)),
  'unusual-counts-changed': filledWith(said['unusual-counts-changed'], (changed: DoubtedFigure, speech) => ({
    ...writtenBeside(sizeOf)(changed, speech),
    times: sizeOf(changed.value / (changed.usual ?? 1), speech),
  })),
  'unusual-handle-time-changed': filledWith(said['unusual-handle-time-changed'], writtenBeside(secondsOf)),
  'unusual-day-calls': filledWith(said['unusual-day-calls'], writtenBeside(sizeOf)),
  'unusual-interval-calls': filledWith(said['unusual-interval-calls'], written(sizeOf)),
  'unusual-interval-handle-time': filledWith(said['unusual-interval-handle-time'], written(secondsOf)),
  'unusual-interval-wait': filledWith(said['unusual-interval-wait'], written(secondsOf)),
  'unusual-interval-operators': filledWith(said['unusual-interval-operators'], written(sizeOf)),
};
