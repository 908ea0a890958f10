import type { Language } from '../kernel/text.ts';
import { spoken, type Spoken } from '../words/phrases.ts';
import { planReportWords } from '../words/report/plan.ts';

/** Words of reports and of the terminal. */
export type ReportWords = Spoken<typeof planReportWords>;

export const reportWords = (language: Language): ReportWords => spoken(planReportWords, language);
