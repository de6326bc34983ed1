import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MetricId } from '../../../server/contract/metric.js';
import { annotation as schema, type Annotation, type MetricNotes } from '../../../server/contract/metric-notes.js';
import { currentIn } from '../../lib/current';
import { day } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/query-state';
import { changedFrom } from '../proof/changed';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { DecisionLink } from '../decisions/decision-link';
import { EmailText } from '../records/owner-name';
import { addAnnotation, changeAnnotation, withdrawAnnotation } from './api';

const FIELDS: readonly ProofField[] = [
  { name: 'on', label: 'When', kind: 'date', isRequired: true },
  { name: 'text', label: 'What happened', kind: 'text', isRequired: true, help: 'A sentence, such as: new CAB rules.' },
  {
    name: 'decisionCode',
    label: 'Decision',
    kind: 'reference',
    to: ['decision'],
    help: 'The decision behind it, if there is one.',
  },
];

const typedOf = (stored: Annotation | null): Typed => ({
  on: stored?.on ?? '',
  text: stored?.text ?? '',
  decisionCode: stored?.decision?.code ?? '',
});
const currentOf = (body: unknown): Annotation | null => currentIn(schema, body);

const codeOf = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What was not touched is not sent: a decision that was archived since stays named. */
async function saved(id: MetricId, typed: Typed, now: Annotation | null): Promise<void> {
  if (now === null) {
    const { on = '', text = '', decisionCode = '' } = typed;
    await addAnnotation(id, { on, text, decisionCode: codeOf(decisionCode) });
    return;
  }
  const { on, text, decisionCode } = changedFrom(typed, typedOf(now));
  const body = {
    ...(on !== undefined && { on }),
    ...(text !== undefined && { text }),
    ...(decisionCode !== undefined && { decisionCode: codeOf(decisionCode) }),
  };
  if (Object.keys(body).length > 0) await changeAnnotation(id, now, body);
}

interface AnnotationsProps {
  id: MetricId;
  notes: MetricNotes;
}

/** What happened on the way, numbered as in the drawing; decisions behind it are named. */
export function Annotations({ id, notes }: AnnotationsProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const { annotations, mayAnnotate } = notes;
  const form = (stored: Annotation | null) => (
    <ProofForm<Annotation>
      label={stored ? 'Change what happened' : 'Add what happened'}
      fields={FIELDS}
      {...{ stored, typedOf, currentOf }}
      save={(typed, now) => saved(id, typed, now)}
      saveWord={stored ? 'Save' : 'Add'}
      onDone={() => setEditing(null)}
      onCancel={() => setEditing(null)}
    />
  );
  return (
    <section className="card proof" aria-labelledby="annotations-head">
      <div className="section-head">
        <h2 id="annotations-head">What happened on the way</h2>
        {mayAnnotate && editing === null && <Button onClick={() => setEditing('new')}>Add an annotation</Button>}
      </div>
      {editing === 'new' && form(null)}
      {annotations.length === 0 && editing === null && (
        <Empty>Nothing is noted. An annotation says what changed the course, and links the decision behind it.</Empty>
      )}
      <ol className="metric-annotations">
        {annotations.map((each) => (
          <li key={each.id}>
            {editing === each.id ? (
              form(each)
            ) : (
              <Row {...{ id, mayAnnotate }} annotation={each} onChange={() => setEditing(each.id)} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface RowProps {
  id: MetricId;
  annotation: Annotation;
  mayAnnotate: boolean;
  onChange: () => void;
}

function Row({ id, annotation, mayAnnotate, onChange }: RowProps) {
  const queryClient = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: () => withdrawAnnotation(id, annotation),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['metric-notes', id] }),
  });
  const { on, text, by, decision } = annotation;
  return (
    <div className="metric-annotation">
      <div>
        <b>{day(on)}</b> {text}
        {decision && (
          <span>
            {' '}
            · decision{' '}
            {decision.isArchived ? (
              `${decision.code} ${decision.title} (archived)`
            ) : (
              <DecisionLink code={decision.code}>{`${decision.code} ${decision.title}`}</DecisionLink>
            )}
            {decision.decidedOn !== null && `, decided ${day(decision.decidedOn)}`}
          </span>
        )}
        <span className="caption">
          {' '}
          <EmailText address={by} />
        </span>
        {withdrawing.error && (
          <p className="field-error" role="alert">
            <span aria-hidden="true">▲ </span>
            {withdrawing.error.message}
          </p>
        )}
      </div>
      {mayAnnotate && (
        <span className="metric-tools">
          <Button look="plain" onClick={onChange} aria-label={`Change: ${text}`}>
            Change
          </Button>
          <Button
            look="plain"
            busy={withdrawing.isPending}
            onClick={() => withdrawing.mutate()}
            aria-label={`Withdraw: ${text}`}
          >
            Withdraw
          </Button>
        </span>
      )}
    </div>
  );
}
