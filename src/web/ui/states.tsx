import { Alert, Button, Spin } from 'antd';
import { type ReactNode } from 'react';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import { alikeKey } from '../../kernel/errors.ts';
import { isSignedIn } from '../api/call-api.ts';
import type { JobControl, Loaded } from '../api/use-load.ts';
import { useSpeech } from '../words/words.tsx';
import { later } from './later.tsx';

const ProblemsTable = later(async () => (await import('./problems-table.tsx')).ProblemsTable);
const ProblemRemedy = later(async () => (await import('./problems-table.tsx')).ProblemRemedy);
const JobProgress = later(async () => (await import('./job-progress.tsx')).JobProgress);
const FoundAnswer = later(async () => (await import('./job-progress.tsx')).FoundAnswer);

/** Whether the sentence tells of the problem already: it is alone, and about no file. */
const isToldAlready = ({ problems: [first, ...others] }: Pick<ProblemDetails, 'problems'>): boolean =>
  others.length === 0 && first !== undefined && first.file === undefined && first.row === undefined;

/** How many problems there are, those that are alike as one; and in how many rows, listed or only counted, where these are more. */
export const countOf = ({
  problems,
}: Pick<ProblemDetails, 'problems'>): { readonly n: number; readonly rows: number } => {
  const listed = problems.filter(({ unlisted }) => unlisted === undefined);
  const n = new Set(listed.map((each, i) => (each.row === undefined ? i : alikeKey(each)))).size;
  const told = new Set(
    listed.flatMap(({ file, row }) => (row === undefined ? [] : [JSON.stringify([file, row])])),
  );
  const others = problems.reduce((sum, { rows: own = 1, unlisted = own - 1 }) => sum + unlisted, 0);
  const rows = told.size + others;
  return { n, rows: rows > n ? rows : 0 };
};

/** Whether the server does not know who asks; a password or code that is wrong is refused with the same status. */
const isStranger = ({ type }: Pick<ProblemDetails, 'type'>): boolean => /:no-(?:sign-in|access)$/.test(type);

/** Nobody answers, or it is not known to whom: of several that say so the gravest is shown. */
const cutOffName = (problem: ProblemDetails): string =>
  isStranger(problem) ? 'cut-off unknown' : problem.status === 0 ? 'cut-off' : '';

/**
 * What the server refused: in one sentence, and every problem below; whoever is not known any more can sign in again. What
 * can be tried again was loaded: one of several is shown. What answers a press stands by itself.
 */
export const ProblemView = ({
  problem,
  retry,
}: {
  readonly problem: ProblemDetails;
  readonly retry?: (() => void) | undefined;
}) => {
  const { say, tell } = useSpeech();
  const isUnknown = isStranger(problem) && isSignedIn();
  return (
    <Alert
      className={retry === undefined ? '' : cutOffName(problem)}
      type="error"
      showIcon
      role="alert"
      title={
        isUnknown
          ? say('state.signedOut')
          : problem.problems.length > 1
            ? say('state.problems', countOf(problem))
            : tell(problem.text)
      }
      description={
        problem.problems.length === 0 ? undefined : isToldAlready(problem) ? (
          <ProblemRemedy problems={problem.problems} />
        ) : (
          <ProblemsTable problems={problem.problems} />
        )
      }
      action={
        isUnknown ? (
          <a href={window.location.href} onClick={() => window.location.reload()}>
            {say('state.signInAgain')}
          </a>
        ) : retry === undefined ? undefined : (
          <Button size="small" onClick={retry}>
            {say('state.retry')}
          </Button>
        )
      }
    />
  );
};

/** Says that something is on its way. */
export const Waiting = () => {
  const { say } = useSpeech();
  return (
    <div className="waiting" role="status">
      <Spin /> {say('state.loading')}
    </div>
  );
};

/** Shows what was loaded, and why it could not be loaded again; until then that it loads, or why it did not. */
export const LoadedView = <T,>({
  loaded,
  retry,
  children,
}: {
  readonly loaded: Loaded<T>;
  readonly retry: () => void;
  readonly children: (value: T) => ReactNode;
}) => {
  if (loaded.state === 'ready')
    return (
      <>
        {loaded.problem !== undefined && <ProblemView problem={loaded.problem} retry={retry} />}
        {children(loaded.value)}
      </>
    );
  if (loaded.state === 'failed') return <ProblemView problem={loaded.problem} retry={retry} />;
  return <Waiting />;
};

/** How far a job is, with the button that stops one's own; what went wrong afterwards. */
export const JobView = ({ control, title }: { readonly control: JobControl; readonly title: string }) => {
  if (control.problem !== undefined && !control.running) return <ProblemView problem={control.problem} />;
  if (control.isFound && control.job?.state === 'done') return <FoundAnswer job={control.job} />;
  if (!control.running || control.job === undefined) return null;
  return (
    <>
      <JobProgress job={control.job} title={title} cancel={control.isOwn ? control.cancel : undefined} />
      {control.problem !== undefined && <ProblemView problem={control.problem} />}
    </>
  );
};

/** A place where nothing is yet, and the next step. */
export const EmptyView = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="panel empty">
    <h2>{title}</h2>
    {children}
  </div>
);
