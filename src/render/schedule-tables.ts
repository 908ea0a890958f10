import { spoken } from '../words/phrases.ts';
import { sheetWords } from '../words/report/sheet.ts';
import { speak } from '../words/speak.ts';
import { audienceTold } from '../contract/documents/audience-told.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { rounded } from './format.ts';
import { tableOf, type ReportTable } from './report-table.ts';
import type { ReportWords } from './words.ts';

/** A row for each shift of the week that is worked by some of a tier. */
export const shiftTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => {
  const tierNames = new Map(plan.tiers.map((tier) => [tier.tier, inLanguage(tier.name, language)]));
  return tableOf(words.shifts, plan.shifts, [
    [words.date, (shift) => shift.date],
    [words.tier, (shift) => tierNames.get(shift.tier) ?? shift.tier],
    [words.template, (shift) => inLanguage(shift.name, language)],
    [words.start, (shift) => shift.start],
    [words.end, (shift) => shift.end],
    [words.operators, (shift) => shift.operators],
    [
      words.breaks,
      (shift) =>
        shift.breaks.map((pause) => `${pause.start}/${pause.minutes}min×${pause.operators}`).join(' '),
    ],
    [words.cost, (shift) => rounded(shift.cost, 2)],
  ]);
};

/** The announcement, and whom it is played to where that is not everyone. */
export const withAudience = (
  { announcement, waitAboveSeconds = 0 }: PlanDocument['prompts'][number],
  language: Language,
): string =>
  waitAboveSeconds === 0
    ? inLanguage(announcement, language)
    : spoken(sheetWords, language).playedTo({
        announcement: inLanguage(announcement, language),
        audience: speak(language, 'terminal').say(audienceTold(waitAboveSeconds)),
      });

/** A row for each span of a prompt, with its text and the callers it diverts. */
export const promptTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => {
  const queueNames = new Map(plan.queues.map((queue) => [queue.queue, inLanguage(queue.name, language)]));
  return tableOf(words.prompts, plan.prompts, [
    [words.date, (prompt) => prompt.date],
    [words.queue, (prompt) => queueNames.get(prompt.queue) ?? prompt.queue],
    [words.start, (prompt) => prompt.from],
    [words.end, (prompt) => prompt.to],
    [words.prompts, (prompt) => inLanguage(prompt.name, language)],
    [words.announcement, (prompt) => withAudience(prompt, language)],
    [words.callersDiverted, (prompt) => rounded(prompt.callersDiverted, 1)],
  ]);
};
