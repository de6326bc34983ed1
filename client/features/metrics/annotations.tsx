import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MetricId } from '../../../server/contract/metric.js';
import { annotation as schema, type Annotation, type MetricNotes } from '../../../server/contract/metric-notes.js';
import { day } from '../../lib/format';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/query-state';
import { ProofForm, type ProofField, type Typed } from '../proof/proof-form';
import { EmailText } from '../records/owner-name';
import { addAnnotation, changeAnnotation, withdrawAnnotation } from './api';

const FIELDS: readonly ProofField[] = [
  { name: 'on', label: 'When', kind: 'date', isRequired: true },
  { name: 'text', label: 'What happened', kind: 'text', isRequired: true, help: 'A sentence, such as: new CAB rules.' },
  { name: 'decisionCode', label: 'Decision', kind: 'text', help: 'Code of the decision behind it, if there is one.' },
];

const typedOf = (stored: Annotation | null): Typed => ({
  on: stored?.on ?? '',
  text: stored?.text ?? '',
  decisionCode: stored?.decision?.code ?? '',
});
const currentOf = (body: unknown): Annotation | null => {
  const read = schema.safeParse((body as { current?: unknown } | null)?.current);
  return read.success ? read.data : null;
};

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
      save={(typed, now) => {
        const body = {
          on: typed['on']!,
          text: typed['text']!,
          decisionCode: typed['decisionCode']!.trim() === '' ? null : typed['decisionCode']!.trim(),
        };
        return now ? changeAnnotation(id, now, body) : addAnnotation(id, body);
      }}
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
            · decision {decision.code} {decision.title}
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
