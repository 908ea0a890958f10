import { Button, Tour } from 'antd';
import { useEffect, useState } from 'react';
import { messages } from '../../words/messages.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-tour'));

/** What is shown in turn, and where it is; what the page does not have is passed over. */
const stops = [
  ['answer', '.answer-said'],
  ['decide', '.decisions'],
  ['why', 'a.why'],
  ['views', 'nav.tabs'],
  ['data', 'header nav a[href="#/data"]'],
] as const;

const inSight = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

/** The plan's page in five steps: by mouse, arrow keys or Tab; Esc or "skip" ends it for good. */
export const FirstTour = ({ close }: { readonly close: () => void }) => {
  const { say } = useSpeech();
  const [isReady, setReady] = useState(() => inSight(stops[0][1]) !== null);
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    if (isReady) return undefined;
    const watch = new MutationObserver(() => {
      if (inSight(stops[0][1]) !== null) setReady(true);
    });
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [isReady]);
  useEffect(() => {
    if (!isReady) return undefined;
    // Parts of the page that come later move what is pointed at; the tour looks again when the window's size changes.
    let before = '';
    const watch = setInterval(() => {
      const at = stops.map(([, selector]) => inSight(selector)?.getBoundingClientRect().top).join(' ');
      if (at !== before) window.dispatchEvent(new Event('resize'));
      before = at;
    }, 200);
    return () => clearInterval(watch);
  }, [isReady]);
  if (!isReady) return null;
  const there = stops.filter(([, selector]) => inSight(selector) !== null);
  const last = there.length - 1;
  return (
    <Tour
      open
      current={current}
      // What is pointed at, and nothing of what is above it.
      gap={{ offset: 2, radius: 4 }}
      onChange={setCurrent}
      onClose={close}
      onFinish={close}
      steps={there.map(([name, selector]) => ({
        title: null,
        // Told to anyone who listens as soon as it is there.
        description: (
          <div role="status" className="tour-text">
            <strong>{say(`tour.${name}.title`)}</strong>
            <div>{say(`tour.${name}.text`)}</div>
          </div>
        ),
        target: () => inSight(selector) ?? document.body,
      }))}
      actionsRender={() => (
        <>
          {current < last && (
            <Button size="small" type="text" onClick={close}>
              {say('tour.skip')}
            </Button>
          )}
          {current > 0 && (
            <Button size="small" onClick={() => setCurrent(current - 1)}>
              {say('tour.back')}
            </Button>
          )}
          <Button
            size="small"
            type="primary"
            autoFocus
            onClick={() => (current < last ? setCurrent(current + 1) : close())}
          >
            {say(current < last ? 'tour.next' : 'tour.end')}
          </Button>
        </>
      )}
    />
  );
};
