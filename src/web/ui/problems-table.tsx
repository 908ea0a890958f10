import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/text.ts';
import { fieldNames } from '../../words/ingest.ts';
import { describeProblem, groupAlike, placeOf, problemIn } from '../../words/problems.ts';
import { speak } from '../../words/speak.ts';
import { useSpeech, withMinus } from '../words/words.tsx';
import { PlainTable } from './plain-table.tsx';

type ProblemInAnswer = ProblemDetails['problems'][number];
const mostShown = 200;

/** What stops the file first, what is only to be known last. */
const bySeverity = (problems: readonly ProblemInAnswer[]): ProblemInAnswer[] =>
  (['error', 'warning', 'notice'] as const).flatMap((severity) =>
    problems.filter((problem) => problem.severity === severity),
  );

/** Every problem as a row: where, what, what was found, what to do. */
export const ProblemsTable = ({ problems }: { readonly problems: readonly ProblemInAnswer[] }) => {
  const { say, language } = useSpeech();
  const place = (problem: ProblemInAnswer): string =>
    [
      problem.file,
      problem.row === undefined ? undefined : say('problem.row', { n: problem.row }),
      // The heading of a column of the file stays; a sum of fields is named.
      problem.column?.includes(' + ') === true
        ? fieldNames(problem.column, speak(language, 'page'))
        : problem.column,
      placeOf(problem, language),
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' · ');
  const groups = groupAlike(bySeverity(problems), language);
  return (
    <>
      <PlainTable
        label={say('problem.table')}
        stacks
        rows={groups.slice(0, mostShown)}
        columns={[
          [
            say('problem.severity'),
            'text',
            ({ problem: { severity } }) => (
              <span className={`tag ${severity}`}>{say(`problem.${severity}`)}</span>
            ),
          ],
          [
            say('problem.place'),
            'text',
            (group) => (
              <>
                {place(group.problem)}
                {group.others !== '' && (
                  <details>
                    <summary>{group.others}</summary>
                    {group.alike.map((each, i) => (
                      <div key={`${each.row} ${i}`}>
                        {place(each)} {each.value !== undefined && <code>{each.value}</code>}
                      </div>
                    ))}
                  </details>
                )}
              </>
            ),
          ],
          [
            say('problem.what'),
            'text',
            ({ problem }) => problemOnPage(problem, language).message,
            { wide: true },
          ],
          [
            say('problem.found'),
            'text',
            ({ problem: { value } }) => (value === undefined ? '' : <code>{value}</code>),
          ],
          [
            say('problem.remedy'),
            'text',
            ({ problem }) => problemOnPage(problem, language).remedy,
            { wide: true },
          ],
        ]}
      />
      {groups.length > mostShown && <p>{say('problem.more', { n: groups.length - mostShown })}</p>}
    </>
  );
};

/** What is wrong and what to do, as the page says it. */
export const problemOnPage = (
  problem: Problem,
  language: Language,
): { readonly message: string; readonly remedy: string } => {
  const { message, remedy } = problemIn(problem, language, 'page');
  return { message: withMinus(message), remedy: withMinus(remedy) };
};

/** What to do about problems of which all else is said already. */
export const ProblemRemedy = ({ problems }: { readonly problems: readonly ProblemInAnswer[] }) => {
  const { language } = useSpeech();
  return problems.map((problem, i) => <div key={i}>{problemOnPage(problem, language).remedy}</div>);
};

/** Problems one a line: where, what, what was found, what to do. */
export const ProblemLines = ({ problems }: { readonly problems: readonly Problem[] }) => {
  const { language } = useSpeech();
  return problems.map((problem, i) => (
    <div key={`${i} ${problem.rule}`}>{withMinus(describeProblem(problem, language, 'page'))}</div>
  ));
};
