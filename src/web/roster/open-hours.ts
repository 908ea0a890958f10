import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { RosterEvaluation } from '../../rostering/evaluate/evaluate-roster.ts';

/** Hours of duties that nobody has. */
export const openHours = (
  { gaps }: Pick<RosterEvaluation, 'gaps'>,
  { shifts }: Pick<RosterDocument, 'shifts'>,
): number =>
  gaps.reduce((sum, { shift, missing }) => sum + Math.max(0, missing) * (shifts[shift]?.hours ?? 0), 0);
