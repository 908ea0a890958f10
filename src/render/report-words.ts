import type { Language } from '../kernel/text.ts';
import { messages, type Messages } from '../words/messages.ts';
import { spoken, type Spoken } from '../words/phrases.ts';

/** Words of reports and of the terminal. */
export type ReportWords = Spoken<Messages<'report-plan'>>;

export const reportWords = (language: Language): ReportWords => spoken(messages('report-plan'), language);
