import type { LeversDocument } from '../contract/documents/effect-documents.ts';

type Asked = Pick<LeversDocument, 'callsShortBefore'> & {
  readonly levers: readonly Pick<LeversDocument['levers'][number], 'level'>[];
  readonly mix: Pick<NonNullable<LeversDocument['mix']>, 'parts'> | null;
};

/** Whether a comparison of levers found no gap to close, so that its table would hold zeros only: the reasons say why. */
export const nothingToClose = ({ callsShortBefore, levers, mix }: Asked): boolean =>
  callsShortBefore < 0.5 || (levers.every(({ level }) => level === 0) && (mix?.parts ?? []).length === 0);
