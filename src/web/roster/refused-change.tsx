import { Alert, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { useOwnName } from '../together/own-name.tsx';
import { problemOnPage } from '../ui/problems-table.tsx';
import { useSpeech } from '../words/words.tsx';
import { calledOf } from './roster-draft.ts';

/** Whether a change was refused since it breaks hard rules. */
export const isHardBreak = ({ type }: ProblemDetails): boolean => type === 'urn:huawu:no-answer';

/** Whether a newer plan stands than one that a roster fills, or its inputs changed; none of it approved is no such thing. */
export const isOutOfDate = (said: Sayable): boolean => {
  if (!('code' in said) || said.code !== 'plan-behind') return false;
  const { changed, newer } = said.values as {
    readonly changed: readonly string[];
    readonly newer: string | null;
  };
  return newer !== null || changed.length > 0;
};

/** Whether somebody else changed the roster since it was looked at. */
export const isChangedElsewhere = (problem: ProblemDetails | undefined): boolean =>
  problem?.problems.some(({ rule }) => rule === 'roster-changed') === true;

/**
 * A change of a roster that the server did not make: what is in its way (hard rules that break, or what others
 * changed since it was looked at, by name), and the way on that the reader has.
 */
export const RefusedChange = ({
  problem,
  people,
  on,
}: {
  readonly problem: ProblemDetails;
  readonly people: RosterDocument['people'];
  readonly on: {
    readonly label: string;
    readonly go: () => void;
    /** What the reader has to know of it. */
    readonly words?: string;
    readonly isDangerous?: boolean;
    readonly isReady?: boolean;
    readonly isRunning?: boolean;
  };
}) => {
  const { say, tell, language } = useSpeech();
  const called = calledOf({ people });
  const isElsewhere = isChangedElsewhere(problem);
  const [first] = problem.problems;
  const { clash = problem.text } = (first?.values ?? {}) as { readonly clash?: Sayable };
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={isElsewhere ? say('roster.changedElsewhere') : tell(withNames(clash, called))}
      description={
        <>
          {isElsewhere && (
            <ul>
              {problem.problems.map((one) => (
                <li key={JSON.stringify(one.values)}>
                  {problemOnPage(withNames(one, called), language).message}
                </li>
              ))}
            </ul>
          )}
          {on.words !== undefined && <p>{on.words}</p>}
          <Button
            danger={on.isDangerous === true}
            loading={on.isRunning === true}
            disabled={on.isReady === false}
            onClick={() => on.go()}
          >
            {on.label}
          </Button>
        </>
      }
    />
  );
};

/** What is said of people by name, wherever it says an operator or several. */
export const withNames = <Said,>(said: Said, called: (operator: string) => string): Said =>
  JSON.parse(JSON.stringify(said), (key, value: unknown) => {
    if (key === 'operator' && typeof value === 'string') return called(value);
    return key === 'operators' && Array.isArray(value) ? (value as string[]).map(called) : value;
  }) as Said;

/** Who changes a roster, and why. */
interface Reason {
  /** As it is sent along with a change. */
  readonly said: { readonly why?: string };
  /** Whether all is said that the change wants. */
  readonly isSaid: boolean;
  readonly field: ReactNode;
  readonly forget: () => void;
}

/** Asks who changes a roster, whose name stays for the next change in this window, and why; a published one wants both. */
export const useReason = (isPublished: boolean, suggested = '', isPublishing = isPublished): Reason => {
  const { say } = useSpeech();
  const by = useOwnName(isPublishing);
  const [typed, setWhy] = useState<string>();
  const why = typed ?? suggested;
  const said = why.trim() === '' ? {} : { why: why.trim() };
  return {
    said,
    isSaid: (!isPublished || said.why !== undefined) && (!isPublishing || by.isNamed),
    forget: () => setWhy(undefined),
    field: (
      <>
        <Input
          aria-label={say('roster.reason')}
          placeholder={say('roster.reason')}
          value={why}
          maxLength={200}
          style={{ maxWidth: 320 }}
          onChange={({ target }) => setWhy(target.value)}
        />
        {by.field}
      </>
    ),
  };
};
