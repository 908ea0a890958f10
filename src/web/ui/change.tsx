import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { Job } from '../../contract/http/job.ts';
import { type AskedFor, problemOf, useJob } from '../api/use-load.ts';
import { useSpeech } from '../words/words.tsx';

/** Sends one change at a time; what was refused stays to be seen until the next. */
export const useChange = (): {
  readonly busy: boolean;
  readonly problem: ProblemDetails | undefined;
  readonly send: (call: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
} => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails>();
  const send = async (call: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send, clear: () => setProblem(undefined) };
};

/** An answer that takes a job: what there is of it, the job, and how to ask for it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the kind of job decides its answer
export const useJobAnswer = <Answer,>(asked: AskedFor, start: () => Promise<Job>) => {
  const [answer, setAnswer] = useState<Answer>();
  const control = useJob(asked, (found) => setAnswer(found as Answer | undefined));
  const ask = async (): Promise<void> => {
    const found = await control.run(start);
    if (found !== undefined) setAnswer(found as Answer);
  };
  return { answer, control, ask: () => void ask() };
};

/** A button that asks once more before it does what cannot be taken back. */
export const ConfirmButton = ({
  label,
  question,
  act,
  disabled = false,
}: {
  readonly label: string;
  readonly question: string;
  readonly act: () => void;
  readonly disabled?: boolean;
}) => {
  const { say } = useSpeech();
  return (
    <Popconfirm
      title={question}
      okText={say('state.yes')}
      cancelText={say('state.cancel')}
      onConfirm={act}
      disabled={disabled}
    >
      <Button size="small" disabled={disabled}>
        {label}
      </Button>
    </Popconfirm>
  );
};
