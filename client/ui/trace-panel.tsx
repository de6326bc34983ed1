import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import type { PageSearch } from '../lib/address';
import { useShortcuts } from '../lib/shortcuts';
import { readPath, writePath, writeStep } from '../lib/trace-path';
import { usePageScope } from './page-scope';
import { QueryState } from './query-state';
import { TraceContents, type TraceActionsOf } from './trace-contents';
import { traceQuery } from './trace-api';
import { useTraceFocus } from './trace-focus';

/**
 * What stands behind a number, at the right of any page. The address holds the way to it (`?trace=spend~budget`), so that it can be
 * shared, reloaded and left step by step with Esc; focus then returns to the number it came from.
 */
export function TracePanel({ path, actions }: { path: string; actions?: TraceActionsOf | undefined }) {
  const page = usePageScope();
  const steps = readPath(path);
  const step = steps.at(-1);
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  const headingId = useId();
  const navigate = useNavigate();

  const goTo = (trace: string | undefined) =>
    void navigate({ to: '.', search: (current: PageSearch) => ({ ...current, trace }), resetScroll: false });
  const leaveFocusOn = useTraceFocus(panel, heading, path);
  const stepBack = () => {
    const left = steps.at(-1);
    const above = steps.slice(0, -1);
    if (left) leaveFocusOn(writeStep(left), above.length === 0);
    goTo(above.length === 0 ? undefined : writePath(above));
  };

  useShortcuts({ Escape: { label: 'Back to the number', run: stepBack } }, 'The trace', 'panel');

  const query = useQuery({ ...traceQuery(step ?? { figure: 'spend' }, page), enabled: step !== undefined });
  const close = () => {
    if (steps[0]) leaveFocusOn(writeStep(steps[0]), true);
    goTo(undefined);
  };

  return (
    <aside ref={panel} className="trace-panel" aria-labelledby={headingId} id="trace-panel">
      <header className="trace-head">
        {steps.length > 1 && (
          <Link
            to="."
            search={(current: PageSearch) => ({ ...current, trace: writePath(steps.slice(0, -1)) })}
            resetScroll={false}
            className="button button-plain"
            onClick={(event) => {
              event.preventDefault();
              stepBack();
            }}
          >
            <span aria-hidden="true">← </span>Back
          </Link>
        )}
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          <span className="visually-hidden">Trace: </span>
          {query.data?.title ?? 'What stands behind the number'}
        </h2>
        <button type="button" className="button button-plain" onClick={close} aria-label="Close the trace">
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      {step === undefined ? (
        <p className="trace-body">The address names no figure that exists. Close the panel and choose a number.</p>
      ) : (
        <QueryState query={query} what="the trace" rows={8}>
          {(data) => <TraceContents trace={data} step={step} path={writePath(steps)} actions={actions} />}
        </QueryState>
      )}
    </aside>
  );
}
