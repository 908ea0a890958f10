import { Button, Popconfirm } from 'antd';
import { useSpeech } from '../words/words.tsx';

/** A button that asks once more before it does what cannot be taken back. */
export const SureButton = ({
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
      okText={say('members.yes')}
      cancelText={say('members.cancel')}
      onConfirm={act}
      disabled={disabled}
    >
      <Button size="small" disabled={disabled}>
        {label}
      </Button>
    </Popconfirm>
  );
};
