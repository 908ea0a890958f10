import { Button, Modal } from 'antd';
import { useSpeech } from '../words/words.tsx';
import { proceedLeaving, cancelLeaving } from './use-place.ts';

/** Unsaved work would be gone where the reader wants to go: they stay, or leave it. */
export const LeaveDialog = () => {
  const { say } = useSpeech();
  return (
    <Modal
      open
      width={460}
      title={say('unsaved.title')}
      onCancel={cancelLeaving}
      footer={[
        <Button key="leave" danger onClick={proceedLeaving}>
          {say('unsaved.leave')}
        </Button>,
        <Button key="stay" type="primary" onClick={cancelLeaving}>
          {say('unsaved.stay')}
        </Button>,
      ]}
    >
      <p>{say('unsaved.words')}</p>
    </Modal>
  );
};
