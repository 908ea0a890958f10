import { Alert, Button } from 'antd';
import { memo, useMemo } from 'react';
import { audienceFinding } from '../../contract/contract-findings.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PromptSpan } from '../../contract/documents/schema-parts.ts';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { checkPlacements } from '../../diversion/apply-scenario.ts';
import { spansOf } from '../../diversion/prompt-spans.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Horizon } from '../../kernel/hotline.ts';
import { modelLanguages, untranslated } from '../../kernel/text.ts';
import { clockText } from '../../kernel/time-window.ts';
import { inOrderOfTime, sheetOfSpans } from '../../render/switchboard-sheet.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { problemOnPage } from '../ui/problems-table.tsx';
import { saveFile } from '../ui/save-file.ts';
import { useSpeech } from '../words/words.tsx';
import { type DayAnswer, projectDay } from './project-scenario.ts';

/** Prints the sheet and nothing else of the page. */
const printSheet = (): void => {
  document.body.classList.add('sheet-only');
  window.print();
  document.body.classList.remove('sheet-only');
};

const SheetTable = ({
  spans,
  names,
}: {
  readonly spans: readonly PromptSpan[];
  readonly names: ReadonlyMap<string, string>;
}) => {
  const { say, tell, language, format } = useSpeech();
  const byWait = spans.some(({ waitAboveSeconds = 0 }) => waitAboveSeconds > 0);
  // An announcement is played in the languages of its model; the reader's stands first.
  const other = modelLanguages.find((each) => each !== language) ?? 'en';
  return (
    <PlainTable
      stacks
      rows={spans}
      columns={[
        [say('day.day'), 'text', (span) => format.day(span.date)],
        [say('prompts.time'), 'text', (span) => <span className="nowrap">{`${span.from}–${span.to}`}</span>],
        [say('calls.queue'), 'text', (span) => names.get(span.queue) ?? span.queue],
        [say('prompts.prompt'), 'text', (span) => tell(span.name)],
        byWait && [say('lever.offered'), 'text', (span) => tell(audienceFinding(span.waitAboveSeconds))],
        [say('sheet.seconds'), 'number:0', (span) => span.announcementSeconds],
        [
          say('prompts.words'),
          'text',
          (span) => (
            <span className="spoken">
              {tell(span.announcement)}
              <span className="under" lang={other}>
                {span.announcement[other]}
              </span>
            </span>
          ),
          { wide: true },
        ],
        [say('sheet.switchedOn'), 'text', () => '', { onPaper: true }],
        [say('sheet.switchedOff'), 'text', () => '', { onPaper: true }],
      ]}
    />
  );
};

/** Rules for playing that a day's drawn prompts break. */
export const brokenRules = (
  plannedOperation: PlannedOperationDocument,
  { before, prompts }: DayAnswer,
): Problem[] =>
  checkPlacements({
    placements: prompts,
    rules: plannedOperation.catalogue.rules,
    horizon: before.horizon,
    open: openOn(plannedOperation, before.horizon),
    neverDivert: plannedOperation.queues.filter(({ neverDivert }) => neverDivert).map(({ queue }) => queue),
  });

const openOn = ({ open, horizon }: PlannedOperationDocument, day: Horizon): Uint8Array => {
  const from = (day.startMillis - horizon.startMillis) / (horizon.intervalMinutes * 60_000);
  return Uint8Array.from(open.slice(from, from + day.count));
};

/** Broken rules one by one; nothing where none is broken. With `dated` each is reported with its date. */
const BrokenList = ({
  plannedOperation,
  problems,
  title,
  dated = false,
}: {
  readonly plannedOperation: PlannedOperationDocument;
  readonly problems: readonly Problem[];
  readonly title: string;
  readonly dated?: boolean;
}) => {
  const { tell, language } = useSpeech();
  if (problems.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={title}
      description={
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.path ?? ''} ${problem.rule} ${problem.value ?? ''}`}>
              {nameOf(plannedOperation, problem.path ?? '', tell)}{' '}
              {dated ? problem.value?.replace('T', ' ') : problem.value?.slice(11)}
              {' · '}
              {problemOnPage(problem, language).message}
              {' · '}
              {problemOnPage(problem, language).remedy}
            </li>
          ))}
        </ul>
      }
    />
  );
};

/** Names of a placement's prompt and queue, from a problem's path. */
const nameOf = (plannedOperation: PlannedOperationDocument, path: string, tell: Tell): string => {
  const [prompt = '', queue = ''] = path.split('.');
  const promptName = plannedOperation.catalogue.prompts.find((each) => each.prompt === prompt)?.name;
  const queueName = plannedOperation.queues.find((each) => each.queue === queue)?.name;
  return [queueName, promptName].flatMap((name) => (name === undefined ? [] : [tell(name)])).join(' · ');
};

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

/** When which prompt plays, as drawn: what is handed to the switchboard, as a file or on paper. */
export const SheetPanel = memo(
  ({
    plan,
    plannedOperation,
    scenario,
  }: {
    readonly plan: PlanDocument;
    readonly plannedOperation: PlannedOperationDocument;
    readonly scenario: ScenarioModel;
  }) => {
    const { say, tell, language, format } = useSpeech();
    const days = useMemo(
      () => drawnDays(plannedOperation, scenario, plan.starts),
      [plannedOperation, scenario, plan.starts],
    );
    const spans = inOrderOfTime(days.flatMap((day) => day.spans));
    const names = new Map(plannedOperation.queues.map(({ queue, name }) => [queue, tell(name)]));
    const save = (): void =>
      saveFile(
        `switchboard-${plan.week}.csv`,
        sheetOfSpans(spans, names, language),
        'text/csv;charset=utf-8',
      );
    return (
      <div className="sheet">
        <Panel
          title={say('sheet.title')}
          note={say('sheet.note', { name: scenario.scenario })}
          actions={
            <span className="row no-print">
              <Button disabled={spans.length === 0} onClick={save}>
                {say('prompts.sheet')}
              </Button>
              <Button disabled={spans.length === 0} onClick={printSheet}>
                {say('plan.print')}
              </Button>
            </span>
          }
        >
          <p className="on-paper">
            {`${tell(plan.hotline.name)} · ${plan.week} · ${format.date(plan.firstDate)} – ${format.date(plan.days.at(-1)?.date ?? plan.firstDate)}`}
            {plan.hotline.madeUp && ` · ${say('app.madeUp')}`}
          </p>
          <BrokenList
            plannedOperation={plannedOperation}
            problems={days.flatMap((day) => brokenRules(plannedOperation, day.answer))}
            title={say('sheet.broken')}
            dated
          />
          {spans.length === 0 ? (
            <p className="note">{say('sheet.none')}</p>
          ) : (
            <SheetTable spans={spans} names={names} />
          )}
        </Panel>
      </div>
    );
  },
);

/** What is wrong with the prompts as drawn, as they are drawn. */
export const BrokenRules = ({
  plannedOperation,
  answer,
}: {
  readonly plannedOperation: PlannedOperationDocument;
  readonly answer: DayAnswer;
}) => {
  const { say } = useSpeech();
  return (
    <BrokenList
      plannedOperation={plannedOperation}
      problems={brokenRules(plannedOperation, answer)}
      title={say('broken.title')}
    />
  );
};

type Tell = ReturnType<typeof useSpeech>['tell'];

/** A date on which prompts are drawn: what they do, and when which plays. */
interface DrawnDay {
  readonly answer: DayAnswer;
  readonly spans: readonly PromptSpan[];
}
