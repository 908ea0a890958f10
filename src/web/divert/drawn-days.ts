import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PromptSpan } from '../../contract/documents/prompt-span.ts';
import { spansOf } from '../../diversion/prompt-spans.ts';
import { untranslated } from '../../kernel/text.ts';
import { clockText } from '../../kernel/time-window.ts';
import { projectDay, type DayAnswer } from './project-scenario.ts';

/** A date on which prompts are drawn: what they do, and when which plays. */
export interface DrawnDay {
  readonly answer: DayAnswer;
  readonly spans: readonly PromptSpan[];
}

/** A scenario's drawn prompts by date, as the switchboard reads them, off-peak hours filled in, in order of time. */
export const drawnDays = (
  plannedOperation: PlannedOperationDocument,
  scenario: ScenarioModel,
  starts: readonly string[],
): DrawnDay[] => {
  const dates = [...new Set((scenario.placements ?? []).map(({ date }) => date))].sort();
  const { intervalMinutes } = plannedOperation.horizon;
  return dates
    .filter((date) => starts.some((start) => start.startsWith(date)))
    .map((date) => {
      const answer = projectDay(plannedOperation, scenario, starts, date);
      const spans = spansOf(answer.prompts, answer.after, plannedOperation.catalogue).map(
        (span): PromptSpan => {
          const entry = plannedOperation.catalogue.prompts.find(({ prompt }) => prompt === span.prompt);
          return {
            prompt: span.prompt,
            name: entry?.name ?? untranslated(span.prompt),
            kind: entry?.kind ?? 'online-channel',
            queue: span.queue,
            date,
            from: clockText(span.from * intervalMinutes),
            to: clockText(span.to * intervalMinutes),
            announcement: span.announcement,
            announcementSeconds: span.announcementSeconds,
            ...(span.waitAboveSeconds > 0 ? { waitAboveSeconds: span.waitAboveSeconds } : {}),
            callersDiverted: span.callersDiverted,
          };
        },
      );
      return { answer, spans };
    });
};
