import { Alert, Button } from 'antd';
import { useState } from 'react';
import { goTo, type Page } from './use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { isTourSeen, keepTourSeen } from '../tour/tour-seen.ts';
import { later } from './later.tsx';

const FirstTour = later(async () => (await import('../tour/first-tour.tsx')).FirstTour);

/** Says that the line is made up, and shows whoever comes first what the plan's page has. */
export const MadeUpBanner = ({ page }: { readonly page: Page }) => {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(() => page === 'plan' && !isTourSeen());
  return (
    <>
      <Alert
        banner
        type="warning"
        showIcon
        title={say('app.madeUp')}
        action={
          <Button
            size="small"
            className="no-print"
            onClick={() => {
              goTo('plan', {});
              setOpen(true);
            }}
          >
            {say('tour.start')}
          </Button>
        }
      />
      {isOpen && page === 'plan' && (
        <FirstTour
          close={() => {
            keepTourSeen();
            setOpen(false);
          }}
        />
      )}
    </>
  );
};
