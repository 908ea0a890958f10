import { may } from '../api/page-access.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** What was saved counts from the next plan on: the way to make it. */
export const PlanNow = () => {
  const { say } = useSpeech();
  if (!may('makePlan')) return null;
  return (
    <a className="button" href={placeHref('plan', { now: '1' })}>
      {say('settings.planNow')}
    </a>
  );
};
