import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PromptSpan } from '../../contract/documents/prompt-span.ts';
import { spansOf } from '../../diversion/prompt-spans.ts';
import { text } from '../../kernel/text.ts';
import { clockText } from '../../kernel/time-window.ts';
import { projectDay } from './project-scenario.ts';

/** A scenario's drawn prompts of the whole week as the switchboard reads them, off-peak hours filled in, in order of time. */
export const drawnSpans = (
  world: PlanWorldDocument,
  scenario: ScenarioModel,
  starts: readonly string[],
): PromptSpan[] => {
  const dates = [...new Set((scenario.placements ?? []).map(({ date }) => date))].sort();
  const { intervalMinutes } = world.horizon;
  return dates.flatMap((date) => {
    const { after, prompts } = projectDay(world, scenario, starts, date);
    return spansOf(prompts, after, world.catalogue).map((span): PromptSpan => {
      const entry = world.catalogue.prompts.find(({ prompt }) => prompt === span.prompt);
      return {
        prompt: span.prompt,
        name: entry?.name ?? text(span.prompt, span.prompt),
        kind: entry?.kind ?? 'online-channel',
        queue: span.queue,
        date,
        from: clockText(span.from * intervalMinutes),
        to: clockText(span.to * intervalMinutes),
        announcement: span.announcement,
        ...(span.waitAboveSeconds > 0 ? { waitAboveSeconds: span.waitAboveSeconds } : {}),
        callersDiverted: span.callersDiverted,
      };
    });
  });
};
