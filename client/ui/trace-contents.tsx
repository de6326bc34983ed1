import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { isMetric } from '../../server/contract/metric.js';
import type { Trace } from '../../server/contract/trace.js';
import { keepScope, lastingAddress, type PageSearch } from '../lib/address';
import { copyText } from '../lib/clipboard';
import { counted, day, instant } from '../../server/contract/format.js';
import { metricNull, nullSentence } from '../../server/contract/null-words.js';
import { lastDay, periodLabel } from '../lib/period';
import { stepOfLink, writeStep, type TraceStep } from '../lib/trace-path';
import { Button } from './button';
import { Num } from './num';
import { usePageScope } from './page-scope';
import { letterOf, metricInFull, metricText } from './metric-text';
import { QualityNotes } from './quality-notes';
import { brief, full, scalesOf } from './quantity';

/** What else can be done with a figure where it is traced, beside copying it. */
export type TraceActionsOf = (trace: Trace, step: TraceStep) => ReactNode;

interface TraceContentsProps {
  trace: Trace;
  step: TraceStep;
  path: string;
  actions?: TraceActionsOf | undefined;
}

/**
 * Value, formula, records, inputs, quality, history, actions: in this order, for every figure alike. Records stand before inputs, because a
 * long list of inputs would push them out of sight.
 */
export function TraceContents({ trace, step, path, actions }: TraceContentsProps) {
  const page = usePageScope();
  const period = periodLabel(trace.period, page.fiscalYearStartMonth);
  const words = wordsOf(trace);
  return (
    <div className="trace-body">
      <section aria-label="Value">
        {trace.value === null ? (
          <p className="trace-value">
            <abbr title={words.none}>{words.letter}</abbr> <span className="trace-null">{words.none}</span>
          </p>
        ) : (
          <p className="trace-value figures" data-trace-value={trace.value}>
            {words.full(trace.value, trace.unit)}
          </p>
        )}
        <p className="caption">
          {period}, to {day(lastDay(trace.period, page.fiscalYearStartMonth))} ·{' '}
          {scopeWord(trace.scope, page.scopeName)}
        </p>
      </section>

      <section>
        <h3>How it is computed</h3>
        <p>{trace.formula.text}</p>
        <p className="formula">
          <code>{trace.formula.expression}</code>
        </p>
        <p className="caption">Definition, version {trace.formula.version}</p>
      </section>

      <section>
        <h3>Records</h3>
        {trace.records.count === 0 ? (
          <p>No record is behind this figure.</p>
        ) : (
          <RecordsLink step={step} count={trace.records.count} />
        )}
      </section>

      {trace.inputs.length > 0 && (
        <section>
          <h3>From what</h3>
          <dl className="trace-inputs figures">
            {trace.inputs.map((input) => (
              <TraceInput
                key={`${input.label} ${input.trace ?? ''}`}
                input={input}
                text={input.value === null ? 'x' : words.brief(input.value, input.unit)}
                inFull={input.value === null ? 'not available' : words.full(input.value, input.unit)}
                above={path}
              />
            ))}
          </dl>
        </section>
      )}

      {groupsOf(trace.beside).map(([group, beside]) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl className="trace-inputs figures">
            {beside.map(({ label, value, unit }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {value === null ? (
                    <abbr title="not known">x</abbr>
                  ) : (
                    <span title={words.full(value, unit)}>{words.brief(value, unit)}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}

      <QualityNotes notes={trace.quality} />

      {trace.history.length > 0 && (
        <section>
          <h3>Last changes</h3>
          <ol className="trace-history">
            {trace.history.map((event) => (
              <li key={event.seq}>
                {page.readsAudit ? (
                  <Link to="/audit" search={{ seq: String(event.seq) }}>
                    {eventWords(event)}
                  </Link>
                ) : (
                  <span>{eventWords(event)}</span>
                )}
                <span className="caption">
                  {instant(event.at)} · {event.actor}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}

      <TraceActions trace={trace} scope={scopeWord(trace.scope, page.scopeName)} period={period}>
        {actions?.(trace, step)}
      </TraceActions>
    </div>
  );
}

/** Single values under one head, each table under its own. */
function groupsOf(beside: Trace['beside']): [string, Trace['beside']][] {
  const groups = new Map<string, Trace['beside']>();
  for (const each of beside) {
    const group = each.group ?? 'Beside it';
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  return [...groups];
}

/** Units of metrics and those of all other figures are two vocabularies: `level` may be a benefit's own unit, too. */
function wordsOf({ figure, inputs, nullReason }: Trace) {
  if (isMetric(figure))
    return {
      brief: (value: string, of: string) => metricText(value, of, of),
      full: (value: string, of: string) => metricInFull(value, of, of),
      none: metricNull(nullReason, figure),
      letter: letterOf(nullReason),
    };
  const scales = scalesOf(inputs);
  return {
    brief: (value: string, of: string) => brief(value, of, scales),
    full,
    none: nullSentence(nullReason),
    letter: nullReason === 'too_few_responses' ? letterOf(nullReason) : 'x',
  };
}

/** Records of a metric have a list of their own, because they need not add up to it. */
function RecordsLink({ step, count }: { step: TraceStep; count: number }) {
  const { figure, period, portfolio, orgUnit } = step;
  const words = `View ${counted(count, 'record')}`;
  if (!isMetric(figure))
    return (
      <Link
        to="/records"
        search={(current: PageSearch) => ({ ...current, trace: undefined, of: writeStep(step) })}
        className="button"
      >
        {words}
      </Link>
    );
  const own = {
    ...(period !== undefined && { period }),
    ...(portfolio !== undefined && { portfolio }),
    ...(orgUnit !== undefined && { orgUnit }),
  };
  return (
    <Link
      to="/metrics/$id/records"
      params={{ id: figure }}
      search={(current: PageSearch) => ({ ...keepScope(current), ...own })}
      className="button"
    >
      {words}
    </Link>
  );
}

/** `import` that was `imported` says itself once; all else is object and action. */
const eventWords = ({ object, action }: Trace['history'][number]): string =>
  action === 'imported' ? 'Import' : `${object} ${action.replaceAll(/[._]/g, ' ')}`;

/** The server names the scope by code; the page knows its name. */
const scopeWord = (scope: string, name: string): string =>
  scope === 'enterprise' || scope === 'own units' ? name : scope;

interface TraceInputProps {
  input: Trace['inputs'][number];
  text: string;
  inFull: string;
  above: string;
}

function TraceInput({ input, text, inFull, above }: TraceInputProps) {
  const page = usePageScope();
  const step = input.trace === null ? null : stepOfLink(input.trace, page);
  return (
    <div>
      <dt>{input.label}</dt>
      <dd>
        {step === null ? (
          <span title={inFull}>{text}</span>
        ) : (
          <Num trace={step} above={above} label={`${input.label} ${input.value === null ? 'not available' : text}`}>
            {text}
          </Num>
        )}
      </dd>
    </div>
  );
}

interface TraceActionsProps {
  trace: Trace;
  scope: string;
  period: string;
  children: ReactNode;
}

function TraceActions({ trace, scope, period, children }: TraceActionsProps) {
  const [said, setSaid] = useState('');
  const page = usePageScope();
  const address = () => lastingAddress(location.href, page.period);
  const copy = async (text: string, what: string) =>
    setSaid((await copyText(text)) ? `${what} copied.` : `${what} could not be copied by this browser.`);
  const citation = () => {
    const words = wordsOf(trace);
    const value = trace.value === null ? words.none : words.full(trace.value, trace.unit);
    return `${trace.title}: ${value} (${page.isExample ? 'example data, ' : ''}${period}, ${scope}; definition version ${trace.formula.version}; ${address()})`;
  };
  return (
    <section className="trace-actions" aria-label="Copy and pin">
      <Button onClick={() => void copy(citation(), 'Value with citation')}>Copy value with citation</Button>
      <Button onClick={() => void copy(address(), 'Link')}>Copy link</Button>
      {children}
      <p role="status" className="caption">
        {said}
      </p>
    </section>
  );
}
