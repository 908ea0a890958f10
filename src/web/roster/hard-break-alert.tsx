import { Alert, Button } from 'antd';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { useSpeech } from '../words/words.tsx';

/** Whether a change was refused since it breaks hard rules. */
export const isHardBreak = ({ type }: ProblemDetails): boolean => type === 'urn:huawu:no-answer';

/** The hard rules that a change breaks, and whether it is to be made all the same: that wants a reason. */
export const HardBreakAlert = ({
  problem,
  isReady,
  saving,
  save,
}: {
  readonly problem: ProblemDetails;
  readonly isReady: boolean;
  readonly saving: boolean;
  readonly save: () => void;
}) => {
  const { say, tell } = useSpeech();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={tell(problem.text)}
      description={isReady ? say('roster.breakWords') : say('roster.breakWantsReason')}
      action={
        <Button danger loading={saving} disabled={!isReady} onClick={save}>
          {say('roster.breakSave')}
        </Button>
      }
    />
  );
};
