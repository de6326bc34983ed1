import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { orgUnitsQuery } from '../../app/scope-api';
import { shiftPeriod } from '../../lib/period';
import { Button } from '../../ui/button';
import { ErrorSummary, Field } from '../../ui/field';
import { CheckGroup } from '../../ui/form-field';
import { usePageScope } from '../../ui/page-scope';
import { createRound, roundsQuery } from '../surveys/api';

const NOTHING: readonly never[] = [];

/** A new round, as a draft. */
export function RoundForm({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const page = usePageScope();
  const { data: units } = useQuery(orgUnitsQuery);
  const [areas, setAreas] = useState<readonly string[]>([]);
  const [itAreas, setItAreas] = useState<readonly string[]>([]);
  const create = useMutation({
    mutationFn: createRound,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: roundsQuery.queryKey });
      onClose();
    },
  });
  const errors = useMemo(() => (create.error ? [{ message: create.error.message }] : NOTHING), [create.error]);
  const choices = (units?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string | null => String(form.get(name) ?? '').trim() || null;
    create.mutate({
      period: text('period') ?? '',
      name: text('name') ?? '',
      why: text('why'),
      contact: text('contact'),
      opensOn: text('opensOn'),
      closesOn: text('closesOn'),
      areas: [...areas],
      itAreas: itAreas.filter((code) => areas.includes(code)),
    });
  };
  return (
    <section className="card" aria-labelledby="new-round">
      <h2 id="new-round">New round</h2>
      <form className="stakeholder-form" onSubmit={submit}>
        <ErrorSummary title="Not saved" errors={errors} />
        <Field label="Name" name="name" maxLength={120} required autoFocus defaultValue="How are we doing?" />
        <Field
          label="Quarter"
          name="period"
          required
          pattern="\d{4}-Q[1-4]"
          help="As 2026-Q4. A quarter has one survey."
          defaultValue={shiftPeriod(page.period, 1)}
        />
        <div className="field">
          <label htmlFor="round-why">Why we ask</label>
          <p className="field-help" id="round-why-help">
            Stands above the first question.
          </p>
          <textarea
            className="input textarea"
            id="round-why"
            name="why"
            rows={2}
            maxLength={600}
            aria-describedby="round-why-help"
          />
        </div>
        <Field label="Whom to ask about the survey" name="contact" maxLength={200} />
        <Field label="Opens on" name="opensOn" type="date" />
        <Field label="Closes on" name="closesOn" type="date" />
        <CheckGroup legend="Areas to ask" id="round-areas" choices={choices} values={areas} onChange={setAreas} />
        {areas.length > 0 && (
          <CheckGroup
            legend="Which of them are IT itself?"
            id="round-it"
            help="Their answers are held against those of the business."
            choices={choices.filter(({ value }) => areas.includes(value))}
            values={itAreas}
            onChange={setItAreas}
          />
        )}
        <div className="actions">
          <Button look="primary" type="submit" busy={create.isPending}>
            Save as a draft
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </section>
  );
}
