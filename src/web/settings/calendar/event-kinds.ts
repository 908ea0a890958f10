import type { PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { isWordKey, useSpeech, type PlainKey } from '../../words/words.tsx';

/** Kinds that are offered before a hotline has entered any of its own. */
const usualKinds = [
  'school-enrolment',
  'heating',
  'rainstorm',
  'cold-snap',
  'water-cut',
  'power-cut',
  'policy',
  'exam',
  'campaign',
  'outage',
  'other',
] as const;

/** Kinds to choose from: the usual ones, then those that the hotline's own events have. */
export const kindsOf = (events: readonly PlannedEvent[]): string[] => [
  ...new Set([...usualKinds, ...events.map(({ kind }) => kind)]),
];

/** What a kind is called: its word, else as it was written. */
export const useKindName = (): ((kind: string) => string) => {
  const { say } = useSpeech();
  return (kind) => {
    const key = `event-kind.${kind}`;
    return isWordKey(key) ? say(key as PlainKey) : kind;
  };
};
