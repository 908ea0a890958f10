import type { Label } from './sentences.ts';
import { messages } from './messages.ts';

const said = messages('audit');

/** Stands between the figures of one side. */
export const sideSeparator: Label = said.sideSeparator;

/** Headings of what the terminal lists. */
export const diaryHeads = said.diaryHeads;

/** Headings of the list of earlier versions. */
export const earlierModelHeads = said.earlierModelHeads;
