import { Link } from '@tanstack/react-router';
import { keepScope } from '../../lib/address';
import { isRegistered, recordPath } from '../../lib/registers';
import type { ReactNode } from 'react';
import { counted } from '../../../server/contract/format.js';
import { groupedBy } from '../../../server/contract/grouped.js';
import type { BridgeStep, RestatedFigure } from '../../../server/contract/review-after.js';
import { deedsOf, moreWords, ownWords, runsOf } from '../../../server/contract/review-reasons.js';
import { usePageScope } from '../../ui/page-scope';
import { causeWords } from './words';

/** From the figure as frozen to the figure of today, one record at a time: the effects add up to the difference. */
export function FigureBridge({ figure: { bridge, frozen, today, restatement } }: { figure: RestatedFigure }) {
  if (bridge === null || bridge.length === 0)
    return (
      <section>
        <h3>What changed</h3>
        <p>No record behind it changed: it is counted otherwise today.</p>
      </section>
    );
  return (
    <section>
      <h3>What changed</h3>
      <ol className="review-bridge figures">
        <li className="review-bridge-end">
          <span>As frozen</span>
          <span>{frozen.text}</span>
        </li>
        {runsOf(bridge).map((steps, at) => (
          <Run key={at} steps={steps} />
        ))}
        <li className="review-bridge-end">
          <span>Today{restatement !== null && ` (${restatement.text})`}</span>
          <span>{today.text}</span>
        </li>
      </ol>
    </section>
  );
}

type Cause = BridgeStep['causes'][number];

/** Steps of the same deeds, which are told once above them: each step says what was entered. */
function Run({ steps }: { steps: readonly BridgeStep[] }) {
  const [first] = steps as [BridgeStep, ...BridgeStep[]];
  if (steps.length === 1)
    return (
      <Step step={first}>
        {first.causes.length > 0 &&
          deedsOf(first.causes).map(({ words, causes }) => (
            <li key={words}>
              {causes.length === 1 ? (
                <Event causes={causes}>{causeWords(causes[0]!)}</Event>
              ) : (
                <>
                  <Event causes={causes}>{words}</Event>
                  <Own causes={causes} />
                </>
              )}
            </li>
          ))}
      </Step>
    );
  return (
    <li className="review-bridge-run">
      <ul className="caption">
        {deedsOf(steps.flatMap(({ causes }) => causes)).map(({ words, causes }) => (
          <li key={words}>
            <Event causes={causes}>{words}</Event> ({counted(steps.length, 'step')})
          </li>
        ))}
      </ul>
      <ol>
        {steps.map((step, at) => (
          <Step key={at} step={step}>
            {step.causes.some((cause) => ownWords(cause) !== '') && (
              <li>
                <Own causes={step.causes} />
              </li>
            )}
          </Step>
        ))}
      </ol>
    </li>
  );
}

/** @property children what it comes from */
function Step({ step: { record, was, is, effect, more }, children }: { step: BridgeStep; children: ReactNode }) {
  return (
    <li>
      <span>
        {isRegistered(record.type) ? (
          <Link to={recordPath(record.type, record.code)} search={keepScope}>
            {record.code}
          </Link>
        ) : (
          record.code
        )}{' '}
        {record.name}
        {record.at !== null && `, ${record.at}`}
        {(was !== null || is !== null) && (
          <span className="caption review-bridge-was">
            {was?.text ?? 'not behind it'} → {is?.text ?? 'no longer behind it'}
          </span>
        )}
      </span>
      <span>{effect.text}</span>
      {(children !== false || more !== undefined) && (
        <ul className="caption review-bridge-causes">
          {children}
          {more !== undefined && (
            <li>
              <More record={record} count={more} />
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

/** How many more changes there were, which leads to the audit: of one event to that. */
function More({ record: { type, code }, count }: { record: BridgeStep['record']; count: number }) {
  const { readsAudit } = usePageScope();
  if (!readsAudit) return moreWords(count);
  return (
    <Link to="/audit" search={type === 'event' ? { seq: code } : {}}>
      {moreWords(count)}
    </Link>
  );
}

/** What was entered, each line once. */
function Own({ causes }: { causes: readonly Cause[] }) {
  const lines = groupedBy(causes, ownWords);
  const isOneEvent = new Set(causes.map(({ seq }) => seq)).size === 1;
  return (
    <ul>
      {[...lines].map(([words, of]) => (
        <li key={words}>
          {isOneEvent ? words : <Event causes={of}>{words === '' ? 'without its values' : words}</Event>}
          {of.length > 1 && ` (${counted(of.length, 'change')})`}
        </li>
      ))}
    </ul>
  );
}

/** Words that lead to their event in the audit, for those who may read it; those of several events lead nowhere. */
function Event({ causes, children }: { causes: readonly Cause[]; children: ReactNode }) {
  const { readsAudit } = usePageScope();
  const [seq, ...others] = new Set(causes.map((cause) => cause.seq));
  if (!readsAudit || seq === undefined || others.length > 0) return children;
  return (
    <Link to="/audit" search={{ seq: String(seq) }}>
      {children}
    </Link>
  );
}
