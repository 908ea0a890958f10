import { sayProblem } from '../../words/problems.ts';
import { Alert } from 'antd';
import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import { checkPlacements } from '../../diversion/check-placements.ts';
import type { Horizon } from '../../kernel/hotline.ts';
import type { Problem } from '../../kernel/errors.ts';
import { useSpeech } from '../words/words.tsx';
import type { DayAnswer } from './project-scenario.ts';

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

/** Where the line is open on a day of the plan. */
const openOn = ({ open, horizon }: PlannedOperationDocument, day: Horizon): Uint8Array => {
  const from = (day.startMillis - horizon.startMillis) / (horizon.intervalMinutes * 60_000);
  return Uint8Array.from(open.slice(from, from + day.count));
};

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

/** Broken rules one by one; nothing where none is broken. With `dated` each is told with its date. */
export const BrokenList = ({
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
  const { tell } = useSpeech();
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
              {tell(sayProblem(problem, 'page').message)}
              {' · '}
              {tell(sayProblem(problem, 'page').remedy)}
            </li>
          ))}
        </ul>
      }
    />
  );
};

type Tell = ReturnType<typeof useSpeech>['tell'];

/** Names of a placement's prompt and queue, from a problem's path. */
const nameOf = (plannedOperation: PlannedOperationDocument, path: string, tell: Tell): string => {
  const [prompt = '', queue = ''] = path.split('.');
  const promptName = plannedOperation.catalogue.prompts.find((each) => each.prompt === prompt)?.name;
  const queueName = plannedOperation.queues.find((each) => each.queue === queue)?.name;
  return [queueName, promptName].flatMap((name) => (name === undefined ? [] : [tell(name)])).join(' · ');
};
