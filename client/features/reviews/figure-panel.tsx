import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useRef, type ReactNode } from 'react';
import { nullSentence } from '../../../server/contract/null-words.js';
import type { Review, ReviewCell, ReviewFigure } from '../../../server/contract/review.js';
import { stepOfLink, writeStep } from '../../lib/trace-path';
import { useShortcuts } from '../../lib/shortcuts';
import { QualityNotes } from '../../ui/quality-notes';
import { usePageScope } from '../../ui/page-scope';
import { useTraceFocus } from '../../ui/trace-focus';
import { readsChain, sessionQuery } from '../access/api';
import { FigureBridge } from './figure-bridge';
import { FigureLink } from './figure-link';
import { FigureRecords } from './figure-records';
import { PrintedCell } from './printed-cell';
import { useReading } from './reading';
import { instantWords } from './words';

/**
 * What stood behind a figure when it was frozen, at the right of the review: the document alone answers, and leads to what the records of today
 * say. The address holds which one is open.
 */
export function FigurePanel({ review, figure: key }: { review: Review; figure: string }) {
  const figure = review.document.figures[key];
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  const navigate = useNavigate();
  const leaveFocusOn = useTraceFocus(panel, heading, key);
  const close = () => {
    leaveFocusOn(key, true);
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, figure: undefined }),
      resetScroll: false,
    });
  };
  useShortcuts({ Escape: { label: 'Back to the number', run: close } }, 'The figure', 'panel');
  return (
    <aside ref={panel} className="trace-panel review-figure" aria-labelledby={headingId} id="trace-panel">
      <header className="trace-head">
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          <span className="visually-hidden">Figure: </span>
          {figure?.title ?? 'What stands behind the number'}
        </h2>
        <button type="button" className="button button-plain" onClick={close} aria-label="Close the figure">
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      {figure === undefined ? (
        <p className="trace-body">The address names no figure of this review. Close the panel and choose a number.</p>
      ) : (
        <Contents key={key} review={review} figureKey={key} figure={figure} />
      )}
    </aside>
  );
}

interface ContentsProps {
  review: Review;
  figureKey: string;
  figure: ReviewFigure;
}

function Contents({ review, figureKey, figure }: ContentsProps) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { frozen, review: about } = review.document;
  return (
    <div className="trace-body">
      <section aria-label="Value">
        <p className="trace-value figures" data-figure-value={figure.value ?? ''}>
          {figure.full}
        </p>
        {figure.nullReason !== null && <p className="trace-null">{nullSentence(figure.nullReason)}</p>}
        <p className="caption">
          {about.periodName} ·{' '}
          {frozen === null
            ? 'draft: as it would be frozen now'
            : `frozen ${instantWords(frozen.at)}, v${about.revision}`}
        </p>
      </section>
      <ThreeColumns figureKey={figureKey} />
      <section>
        <h3>How it is computed</h3>
        <p>{figure.formula.text}</p>
        <p className="formula">
          <code>{figure.formula.expression}</code>
        </p>
        <p className="caption">Definition, version {figure.formula.version}</p>
      </section>
      <FigureRecords review={review} figureKey={figureKey} figure={figure} />
      {figure.inputs.length > 0 && (
        <section>
          <h3>From what</h3>
          <dl className="trace-inputs figures">
            {figure.inputs.map(({ label, text, figure: of }) => (
              <div key={`${label} ${of ?? ''}`}>
                <dt>{label}</dt>
                <dd>{of === null ? text : <FigureLink figure={of} text={text} />}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <QualityNotes notes={figure.quality} />
      {readsChain(session) && <LiveLink figureKey={figureKey} period={about.period} />}
    </div>
  );
}

/** As frozen, as the quarter before froze it, as the records of today give it; and why they differ. */
function ThreeColumns({ figureKey }: { figureKey: string }) {
  const { restated, document } = useReading();
  const before = document.previous;
  const figure = restated.get(figureKey);
  if (figure === undefined) return null;
  const { frozen, previous, previousPeriod, today, restatement, sincePrevious, isRestated } = figure;
  const shown = (cell: ReviewCell, was: string | null = null): ReactNode => (
    <PrintedCell cell={{ ...cell, figure: null }} was={was} />
  );
  const rows: [string, ReactNode][] = [
    ['As frozen', shown(frozen)],
    ...(previousPeriod === null || before === null
      ? []
      : ([
          [
            `${previousPeriod}, as ${before.code} froze it`,
            previous === null ? <abbr title="not held by that review">x</abbr> : shown(previous),
          ],
        ] as [string, ReactNode][])),
    ...(sincePrevious === null ? [] : ([[`Δ since ${previousPeriod}`, shown(sincePrevious)]] as [string, ReactNode][])),
    ['Restated today', shown(today, isRestated ? frozen.text : null)],
    ...(isRestated && restatement !== null ? ([['Δ since frozen', shown(restatement)]] as [string, ReactNode][]) : []),
  ];
  return (
    <>
      <section>
        <h3>Then and now</h3>
        <dl className="trace-inputs figures">
          {rows.map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      {isRestated && <FigureBridge figure={figure} />}
    </>
  );
}

/** The same figure as the records of today give it. */
function LiveLink({ figureKey, period }: { figureKey: string; period: string }) {
  const page = usePageScope();
  const step = stepOfLink(`/trace/${figureKey}${figureKey.includes('?') ? '&' : '?'}period=${period}`, page);
  if (step === null) return null;
  return (
    <section className="trace-actions" aria-label="Today">
      <Link
        to="."
        search={(current: Record<string, unknown>) => ({ ...current, figure: undefined, trace: writeStep(step) })}
        resetScroll={false}
        className="button"
      >
        What the records of today say
      </Link>
    </section>
  );
}
