import { Button, Modal } from 'antd';
import { useSpeech } from '../words/words.tsx';
import { goOn, stayHere } from './use-place.ts';

/** Unsaved work would be gone where the reader wants to go: they stay, or leave it. */
export const LeaveDialog = () => {
  const { say } = useSpeech();
  return (
    <Modal
      open
      width={460}
      title={say('unsaved.title')}
      onCancel={stayHere}
      footer={[
        <Button key="leave" danger onClick={goOn}>
          {say('unsaved.leave')}
        </Button>,
        <Button key="stay" type="primary" onClick={stayHere}>
          {say('unsaved.stay')}
        </Button>,
      ]}
    >
      <p>{say('unsaved.words')}</p>
    </Modal>
  );
};
