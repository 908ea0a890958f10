import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { planDecisions } from '../../render/plan-decisions.ts';
import { weekAnswer } from '../../render/week-answer.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { later } from '../ui/later.tsx';
import { Unusual } from '../ui/unusual.tsx';
import { DayTable } from './day-table.tsx';
import { Headline } from './headline.tsx';
import { placeOfDecision } from './plan-views.ts';
import { WhatIfAsked } from './what-if-asked.tsx';
import { SinceLast } from './since-last.tsx';

// The drawing's code comes after the words; its room is kept.
const WeekPicture = later(
  async () => (await import('./week-picture.tsx')).WeekPicture,
  <section className="panel picture-room" />,
);

/** The first thing seen: the week in a sentence, what waits for a decision, what moved, the week in a picture, and the days. */
export const AnswerView = ({
  plan,
  earlier,
}: {
  readonly plan: PlanDocument;
  readonly earlier: string | undefined;
}) => {
  const { say, tell } = useSpeech();
  return (
    <>
      <Unusual said={plan.unusual} />
      <WhatIfAsked plan={plan} />
      <section className="panel answer" aria-label={say('answer.title')}>
        <p className="answer-sentence">{tell(weekAnswer(plan))}</p>
        <div className="halves">
          <Decisions plan={plan} />
          {earlier !== undefined && <SinceLast plan={plan} earlier={earlier} />}
        </div>
      </section>
      <Headline plan={plan} />
      <WeekPicture plan={plan} />
      <DayTable plan={plan} />
    </>
  );
};

const Decisions = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const decisions = planDecisions(plan);
  const href = (code: string): string => {
    const place = placeOfDecision[code] ?? 'answer';
    return place === 'data' ? placeHref('data') : placeHref('plan', { plan: plan.id, view: place });
  };
  return (
    <div>
      <h2>{say('answer.decide')}</h2>
      {decisions.length === 0 ? (
        <p>{say('answer.nothing')}</p>
      ) : (
        <ul className="decisions">
          {decisions.map((decision) => (
            <li key={decision.code}>
              {tell(decision)}{' '}
              <a href={href(decision.code)} className="nowrap">
                {say(`answer.to.${placeOfDecision[decision.code] ?? 'answer'}`)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
