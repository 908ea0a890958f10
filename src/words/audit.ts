import type { Label } from './sentences.ts';
import { messages } from './messages.ts';

const said = messages('audit');

/** Names of the figures that stand before and after; one without a name here stands as it is. */
export const auditSideWords: Readonly<Record<string, Label>> = messages('audit-side');

/** Yes and no, and that a password is another one. */
export const auditValueWords: Readonly<Record<string, Label>> = messages('audit-value');

/** Stands between the figures of one side. */
export const sideSeparator: Label = said.sideSeparator;

/** Headings of what the terminal lists. */
export const diaryHeads = said.diaryHeads;

/** Headings of the list of earlier versions. */
export const earlierModelHeads = said.earlierModelHeads;
